-- INTEGRATOR NOTE (delete): nested macros that use their argument several times expand exponentially at bind time (that is the hang).
-- Bind intermediate values once instead: stage by stage in CTEs/subqueries (narrow → parts → moment), or list_transform([x], lambda ...)[1] as a let.
-- Convert distinct texts only (SELECT DISTINCT of a column, then join back) if per-row cost matters.
-- Macros that read one text value, without blanks around it; each gives NULL for NULL and for what it cannot read.
-- They run on a connection of their own, in memory, for the words and formats of one mapping
-- (variables date_formats, agreed, not_agreed, undecided, yes, no, call, chat, customer, agent).

-- Letters, digits and signs in their narrow form.
CREATE MACRO narrow(t) AS CASE WHEN strlen(t) = length(t) THEN t ELSE translate(
    t,
    '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－／．：，＋（）％＿　',
    '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-/.:,+()%_ '
) END;

-- A date or time in the field's usual ways of writing, brought to "2025-3-5 9:05:01", with " AM" or " PM" at the end
-- where the hours count to twelve (下午 3:05).
CREATE MACRO date_parts(t) AS regexp_replace(regexp_replace(regexp_replace(trim(regexp_replace(regexp_replace(
    translate(
        regexp_replace(
            regexp_replace(narrow(t), '[(]?(星期|周|礼拜)[一二三四五六日天][)]?', ' '),
            '^(\d{4})\.(\d{1,2})\.(\d{1,2})', '\1-\2-\3'),
        '年月日号/时点分秒T', '--  -:::  '),
    '\s+', ' ', 'g'), '[-: ]+$', '')),
    '(?i)^(\S+) ?(上午|下午|晚上|中午|凌晨|早上|AM|PM) ?(\S+)$', '\1 \3 \2'),
    '(?i) ?(下午|晚上|中午|PM)$', ' PM'),
    '(?i) ?(上午|凌晨|早上|AM)$', ' AM');
CREATE MACRO moment_of_parts(parts) AS CASE
    WHEN regexp_full_match(parts, '\d{4}-\d{1,2}-\d{1,2}( \d{1,2}(:\d{1,2}){1,2}(\.\d+)?)?') THEN TRY_CAST(parts AS TIMESTAMP)
    WHEN regexp_full_match(parts, '\d{4}-\d{1,2}-\d{1,2} \d{1,2}') THEN TRY_CAST(parts || ':00' AS TIMESTAMP)
    WHEN regexp_full_match(parts, '\d{8}') THEN try_strptime(parts, '%Y%m%d')
    WHEN regexp_full_match(parts, '\d{14}') THEN try_strptime(parts, '%Y%m%d%H%M%S')
    WHEN regexp_full_match(parts, '\d{8} \d{1,2}:\d{2}(:\d{2})?') THEN
        try_strptime(parts, ['%Y%m%d %H:%M', '%Y%m%d %H:%M:%S'])
    -- A spreadsheet's day number (days since 1899-12-30, the fraction is the time), 2000 to 2099.
    WHEN regexp_full_match(parts, '[34567]\d{4}(\.\d+)?') AND TRY_CAST(parts AS DOUBLE) BETWEEN 36526 AND 73051 THEN
        TIMESTAMP '1899-12-30' + to_microseconds(CAST(round(CAST(parts AS DOUBLE) * 86400) AS BIGINT) * 1000000)
    WHEN regexp_full_match(parts, '\S+ (1[3-9]|2[0-3]):\d{1,2}(:\d{1,2})? PM') THEN
        TRY_CAST(left(parts, length(parts) - 3) AS TIMESTAMP)
    WHEN regexp_full_match(parts, '\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{1,2}(:\d{1,2})? [AP]M') THEN
        try_strptime(parts, ['%Y-%m-%d %I:%M %p', '%Y-%m-%d %I:%M:%S %p'])
    -- A time with its distance from UTC is told in Shanghai time.
    WHEN regexp_full_match(parts, '\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}(:\d{2}(\.\d+)?)? ?(Z|[+-]\d{2}:?(\d{2})?)') THEN
        timezone('Asia/Shanghai', TRY_CAST(parts AS TIMESTAMPTZ))
END;
-- A text is read once (the lambda names the intermediate result): by the mapping's formats, else in general, to the
-- second, because what a spreadsheet keeps of a time is not exact beyond.
CREATE MACRO moment(t) AS CASE
    WHEN t IS NULL THEN NULL
    ELSE coalesce(
        try_strptime(t, getvariable('date_formats')),
        list_transform(
            list_transform([date_parts(t)], lambda parts: moment_of_parts(parts)),
            lambda found: date_trunc('second', found + INTERVAL 500 MILLISECOND))[1])
END;

-- The first day of a month: 2025年3月, 202503, 2025-03, or any date in it.
CREATE MACRO month_of(t) AS CASE
    WHEN t IS NULL THEN NULL
    ELSE date_trunc('month', list_transform([date_parts(t)], lambda parts: CASE
        WHEN regexp_full_match(parts, '\d{4}-\d{1,2}') THEN TRY_CAST(parts || '-1' AS TIMESTAMP)
        WHEN regexp_full_match(parts, '(19|20)\d{2}(0[1-9]|1[0-2])') THEN try_strptime(parts || '01', '%Y%m%d')
        ELSE coalesce(try_strptime(t, getvariable('date_formats')), moment_of_parts(parts))
    END)[1])::DATE
END;

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
CREATE MACRO number(t) AS CASE
    WHEN t IS NULL THEN NULL
    WHEN regexp_full_match(t, '\d+(\.\d+)?') THEN TRY_CAST(t AS DOUBLE)
    ELSE list_transform([number_parts(t)], lambda parts: number_of_parts(parts))[1]
END;
CREATE MACRO whole_number(t) AS list_transform(
    [number(t)], lambda found: CASE WHEN found = round(found) AND abs(found) < 1e15 THEN found::BIGINT END)[1];
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
