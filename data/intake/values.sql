-- Macros that read one text value; each gives NULL for NULL and for what it cannot read.
-- They run on a connection of their own, in memory, for the words and formats of one mapping
-- (variables date_formats, agreed, not_agreed, undecided, yes, no, call, chat, customer, agent).

-- The text without the blanks around it (spaces of any width, byte-order marks); NULL for what only says "empty".
CREATE MACRO stripped(t) AS
    trim(t, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(12288) || chr(65279) || chr(8203));
CREATE MACRO tidy(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN strlen(t) > 5 AND NOT regexp_matches(t, '^[\s\x{00A0}\x{3000}\x{FEFF}\x{200B}]|[\s\x{00A0}\x{3000}\x{200B}]$') THEN t
    WHEN upper(stripped(t)) IN ('', 'NULL', 'N/A', '#N/A', '\N', 'NAN', 'NAT', '-', '--', '—', '——') THEN NULL
    ELSE stripped(t)
END;

-- Letters, digits and signs in their narrow form.
CREATE MACRO narrow(t) AS CASE WHEN strlen(t) = length(t) THEN t ELSE translate(
    t,
    '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－／．：，＋（）％＿　',
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-/.:,+()%_ '
) END;

-- An identifier as text: narrow, and without the ".0" that a spreadsheet adds to whole numbers.
CREATE MACRO identifier(t) AS regexp_replace(narrow(t), '^(\d+)\.0+$', '\1');

-- A date or time in the field's usual ways of writing, brought to "2025-3-5 9:05:01".
CREATE MACRO date_parts(t) AS trim(regexp_replace(regexp_replace(
    translate(
        regexp_replace(
            regexp_replace(narrow(t), '[(（]?(星期|周|礼拜)[一二三四五六日天][)）]?', ' '),
            '^(\d{4})\.(\d{1,2})\.(\d{1,2})', '\1-\2-\3'),
        '年月日号/时点分秒T', '--  -::: '),
    '\s+', ' ', 'g'), '[-: ]+$', ''));

-- 12-hour times: 下午 3:05 and 3:05 PM are 15:05.
CREATE MACRO half_day(parts) AS CASE
    WHEN regexp_matches(parts, '(?i)下午|晚上|中午|PM') THEN 1
    WHEN regexp_matches(parts, '(?i)上午|凌晨|早上|AM') THEN 0
END;
CREATE MACRO twelve_hours(moment, half) AS CASE
    WHEN half = 1 AND hour(moment) < 12 THEN moment + INTERVAL 12 HOUR
    WHEN half = 0 AND hour(moment) = 12 THEN moment - INTERVAL 12 HOUR
    ELSE moment
END;
CREATE MACRO moment_of_parts(parts) AS CASE
    WHEN regexp_full_match(parts, '\d{4}-\d{1,2}-\d{1,2}( \d{1,2}(:\d{1,2}){1,2}(\.\d+)?)?') THEN TRY_CAST(parts AS TIMESTAMP)
    WHEN regexp_full_match(parts, '\d{4}-\d{1,2}-\d{1,2} \d{1,2}') THEN TRY_CAST(parts || ':00' AS TIMESTAMP)
    WHEN regexp_full_match(parts, '\d{8}') THEN try_strptime(parts, '%Y%m%d')
    WHEN regexp_full_match(parts, '\d{14}') THEN try_strptime(parts, '%Y%m%d%H%M%S')
    WHEN regexp_full_match(parts, '\d{8} \d{1,2}:\d{2}(:\d{2})?') THEN
        try_strptime(parts, ['%Y%m%d %H:%M', '%Y%m%d %H:%M:%S'])
    -- A spreadsheet's day number (days since 1899-12-30, the fraction is the time), 2000 to 2099.
    WHEN regexp_full_match(parts, '[37456]\d{4}(\.\d+)?') AND TRY_CAST(parts AS DOUBLE) BETWEEN 36526 AND 73051 THEN
        TIMESTAMP '1899-12-30' + to_microseconds(CAST(round(CAST(parts AS DOUBLE) * 86400) AS BIGINT) * 1000000)
    -- A time with its distance from UTC is told in Shanghai time.
    WHEN regexp_full_match(parts, '\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|[+-]\d{2}:?(\d{2})?)') THEN
        timezone('Asia/Shanghai', TRY_CAST(parts AS TIMESTAMPTZ))
END;
CREATE MACRO general_moment(parts) AS coalesce(
    moment_of_parts(parts),
    twelve_hours(
        moment_of_parts(trim(regexp_replace(regexp_replace(parts, '(?i)\s*(上午|下午|晚上|中午|凌晨|早上|AM|PM)\s*', ' '), '\s+', ' ', 'g'))),
        half_day(parts)));
-- To the second: what a spreadsheet keeps of a time is not exact beyond.
CREATE MACRO to_second(moment) AS CASE
    WHEN moment = date_trunc('second', moment) THEN moment
    ELSE date_trunc('second', moment + INTERVAL 500 MILLISECOND)
END;
CREATE MACRO moment(t) AS CASE
    WHEN t IS NULL THEN NULL
    ELSE coalesce(
        try_strptime(t, getvariable('date_formats')),
        to_second(general_moment(date_parts(t))))
END;

-- The first day of a month: 2025年3月, 202503, 2025-03, 2025Q1 is none, or any date in it.
CREATE MACRO month_of(t) AS date_trunc('month', CASE
    WHEN regexp_full_match(date_parts(t), '\d{4}-\d{1,2}') THEN TRY_CAST(date_parts(t) || '-1' AS TIMESTAMP)
    WHEN regexp_full_match(date_parts(t), '(19|20)\d{2}(0[1-9]|1[0-2])') THEN try_strptime(date_parts(t) || '01', '%Y%m%d')
    ELSE moment(t)
END)::DATE;

-- A number as banks write it: 1,234.50, ¥1,234.50元, 12.5万, 3亿元, (1,234.50) for a negative one.
CREATE MACRO number_parts(t) AS regexp_replace(narrow(t), '(?i)[,\s¥￥$]|RMB|CNY|人民币', '', 'g');
CREATE MACRO number_of_parts(parts) AS CASE
    WHEN regexp_full_match(parts, '[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,2})?') THEN TRY_CAST(parts AS DOUBLE)
    WHEN regexp_full_match(parts, '[-+]?\d+\.?\d*(元|万元?|亿元?|千元|百万元?|千万元?)') THEN
        TRY_CAST(regexp_extract(parts, '^[-+]?\d+\.?\d*') AS DOUBLE)
        * CASE regexp_replace(regexp_extract(parts, '[^\d.]+$'), '元$', '')
            WHEN '万' THEN 1e4 WHEN '亿' THEN 1e8 WHEN '千' THEN 1e3 WHEN '百万' THEN 1e6 WHEN '千万' THEN 1e7 ELSE 1 END
    WHEN regexp_full_match(parts, '\(\d+\.?\d*元?\)') THEN -TRY_CAST(regexp_extract(parts, '\d+\.?\d*') AS DOUBLE)
END;
CREATE MACRO number(t) AS CASE WHEN t IS NULL THEN NULL ELSE number_of_parts(number_parts(t)) END;
CREATE MACRO whole_number(t) AS CASE WHEN number(t) = round(number(t)) AND abs(number(t)) < 1e15 THEN number(t)::BIGINT END;
-- Amounts to the fen, so that 0.1 + 0.2 of a spreadsheet and 0.30 of a text are the same.
CREATE MACRO fen(amount) AS round(amount, 2);
-- An amount as text for the content hash: exact decimals, the same in every version of the engine.
CREATE MACRO amount_text(amount) AS CAST(CAST(amount AS DECIMAL(18, 2)) AS VARCHAR);

-- Coded values, by the words of the mapping.
CREATE MACRO outcome(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN list_contains(getvariable('agreed'), lower(t)) THEN 'agreed'
    WHEN list_contains(getvariable('not_agreed'), lower(t)) THEN 'not_agreed'
END;
CREATE MACRO undecided(t) AS t IS NOT NULL AND list_contains(getvariable('undecided'), lower(t));
CREATE MACRO yes_no(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN list_contains(getvariable('yes'), lower(t)) THEN true
    WHEN list_contains(getvariable('no'), lower(t)) THEN false
END;
CREATE MACRO medium(t) AS CASE
    WHEN list_contains(getvariable('call'), lower(t)) THEN 'call'
    WHEN list_contains(getvariable('chat'), lower(t)) THEN 'chat'
END;
CREATE MACRO speaker(t) AS CASE
    WHEN list_contains(getvariable('customer'), lower(t)) THEN 'customer'
    WHEN list_contains(getvariable('agent'), lower(t)) THEN 'agent'
END;

-- A number that a spreadsheet has shortened: 4.21E+17 has lost its last digits.
CREATE MACRO shortened(t) AS coalesce(regexp_matches(t, '^\d(\.\d+)?[eE]\+?\d+$'), false);
-- Outside what can be: before 2000, or later than the day after the file was made.
CREATE MACRO implausible(moment, recorded_on) AS
    coalesce(moment < TIMESTAMP '2000-01-01' OR moment >= CAST(recorded_on AS TIMESTAMP) + INTERVAL 2 DAY, false);
