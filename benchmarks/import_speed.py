"""Time and memory of an import against DuckDB's bare read of the same CSV file, each in a process of its own.

    python -m benchmarks.import_speed [--rows 1000000] [--rounds 3]

The file has 15 columns of Chinese text and is the same for every round (seeded). "Bare" is
CREATE TABLE AS SELECT * FROM read_csv(...) into a store on disk; "import" is everything the product does: decoding,
mapping, checks, versions, books. Held to: at most 4 times the bare read, and less than 1 GiB at its peak.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parent.parent
# Grain: one ticket of an invented bank; every value follows from its number, so the file is always the same.
TICKETS = """
COPY (
    WITH numbered AS (
        SELECT i, TIMESTAMP '2024-01-01' + to_minutes(i % 500000) AS received_at FROM range($rows) AS t(i)
    ),
    drawn AS (
        SELECT *, hash(i * 3) % 5 AS a, hash(i * 5) % 4 AS b, hash(i * 7) % 36 AS c, hash(i * 11) % 4 AS d,
               hash(i * 13) % 3 AS e, hash(i * 17) % 4 AS f, hash(i * 19) % 100000000 AS g, hash(i * 23) % 10 AS h,
               hash(i * 29) % 600000 AS k
        FROM numbered
    )
    SELECT
        'T' || (1000000000 + i) AS 工单编号,
        'C' || lpad(k::VARCHAR, 8, '0') AS 客户编号,
        strftime(received_at, '%Y-%m-%d %H:%M:%S') AS 受理时间,
        ['住房贷款提前还款', '信用卡', '理财', '保险争议', '账户管理'][1 + a::INT] AS 投诉类别,
        '分行' || lpad(c::VARCHAR, 2, '0') AS 机构编号,
        ['个人住房贷款', '信用卡分期', '代销基金', '终身寿险'][1 + b::INT] AS 产品,
        ['客服热线', '监管转办', '营业网点', '手机银行'][1 + d::INT] AS 渠道,
        ['个人金融部', '信用卡中心', '财富管理部'][1 + e::INT] AS 主管部门,
        ['答复口径不一致', '审批标准不一致', '服务态度', '诉求不合理'][1 + f::INT] AS 投诉原因,
        (g / 100.0)::DECIMAL(12, 2)::VARCHAR AS 金额,
        strftime(received_at + INTERVAL 3 HOUR, '%Y-%m-%d %H:%M:%S') AS 派发时间,
        CASE WHEN h < 7 THEN '达成一致' WHEN h < 9 THEN '未达成一致' END AS 首轮结果,
        CASE WHEN h < 9 THEN strftime(received_at + INTERVAL 3 DAY, '%Y-%m-%d %H:%M:%S') END AS 首轮结果时间,
        CASE WHEN h < 9 THEN strftime(received_at + INTERVAL 5 DAY, '%Y-%m-%d %H:%M:%S') END AS 结案时间,
        '客户来电反映其于' || (1 + i % 12) || '月申请提前归还住房贷款，经办支行答复须等待' || (i % 90)
            || '天，客户认为与合同约定不符，要求尽快办理并给予书面答复，编号' || i AS 投诉内容
    FROM drawn
) TO '$path' (HEADER)
"""


def write_tickets(path: Path, rows: int) -> None:
    """Write the CSV file of tickets."""
    duckdb.connect().execute(TICKETS.replace("$rows", str(rows)).replace("$path", str(path)))


def bare(csv: Path, store: Path) -> int:
    """Read the file into a table as DuckDB does by itself; give the rows read."""
    connection = duckdb.connect(str(store))
    connection.execute(f"CREATE TABLE tickets AS SELECT * FROM read_csv('{csv}')")
    ((rows,),) = connection.execute("SELECT count(*) FROM tickets").fetchall()
    connection.close()
    return int(rows)


def product(csv: Path, store: Path) -> int:
    """Import the file into a new store; give the rows read."""
    from data.intake import import_file
    from data.store import Store

    opened = Store(store)
    with opened.writing() as cursor:
        report = import_file(cursor, csv, recorded_on=date(2026, 1, 1))
    opened.close()
    return report.accepted


def measured(what: str, csv: Path, folder: Path) -> dict[str, float]:
    """Run one way in a process of its own; give its seconds (without the interpreter's start), peak MB and rows."""
    store = folder / f"{what}.duckdb"
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.import_speed", "--only", what, "--csv", str(csv), "--store", str(store)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    for left in folder.glob(f"{what}.duckdb*"):
        left.unlink()
    result: dict[str, float] = json.loads(done.stdout.splitlines()[0])
    return result


def peak_mb() -> float:
    """Give the most memory that this process has held, in MB; not what the process that started it held before."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2  # macOS counts bytes


def compare(rows: int, rounds: int) -> dict[str, dict[str, float]]:
    """Time both ways by turns; give the best seconds and the highest peak of each."""
    best: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory(prefix="import_speed_") as name:
        folder = Path(name)
        csv = folder / "tickets.csv"
        write_tickets(csv, rows)
        for _ in range(rounds):
            for what in ("bare", "import"):
                now = measured(what, csv, folder)
                before = best.setdefault(what, now)
                seconds, peak = min(before["seconds"], now["seconds"]), max(before["peak_mb"], now["peak_mb"])
                best[what] = {"seconds": seconds, "peak_mb": peak, "rows": now["rows"]}
    return best


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", choices=("bare", "import"), help=argparse.SUPPRESS)
    parser.add_argument("--csv", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--store", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        if given.only == "import":
            # The modules are there before the clock starts, as in the running app; the bare process does without.
            import data.intake
            import data.store  # noqa: F401
        clock = time.perf_counter()
        rows = (bare if given.only == "bare" else product)(given.csv, given.store)
        seconds = time.perf_counter() - clock
        print(json.dumps({"seconds": seconds, "peak_mb": peak_mb(), "rows": rows}), flush=True)
        return
    best = compare(given.rows, given.rounds)
    print(f"{given.rows:,} rows, 15 columns, best of {given.rounds}")
    print(f"{'':8}{'seconds':>10}{'ratio':>8}{'peak MB':>10}{'rows':>12}")
    for what, result in best.items():
        ratio = result["seconds"] / best["bare"]["seconds"]
        print(f"{what:8}{result['seconds']:>10.2f}{ratio:>8.2f}{result['peak_mb']:>10.0f}{result['rows']:>12,.0f}")


if __name__ == "__main__":
    main()
