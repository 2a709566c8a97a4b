import { OP } from '#engine/event/op.ts';
import { WSA } from '#engine/model/winsock-error.ts';
import type { Migration } from './index.ts';

/**
 * The recording in people's words: names for numbers, addresses as text, milliseconds.
 * docs/database.md describes each view and the queries to start from.
 */
export const VIEWS: Migration = {
  version: 30,
  sql: `
CREATE VIEW runs AS
SELECT
  id AS run, rid, experiment, title, stack, status, started_at,
  duration_ns / 1e9 AS seconds, event_count,
  json_extract(host, '$.hostname') AS hostname,
  json_extract(host, '$.os.name') AS os,
  json_extract(host, '$.os.build') AS build,
  json_extract(host, '$.wine') AS wine,
  json_extract(profile, '$.name') AS profile,
  verdict
FROM run;

CREATE VIEW arms AS
SELECT
  run.id AS run, run.rid,
  json_extract(arm.value, '$.index') AS arm,
  json_extract(arm.value, '$.strategy') AS strategy,
  json_extract(arm.value, '$.bound') AS bound,
  json_extract(arm.value, '$.overlap') AS overlap,
  json_extract(arm.value, '$.ended') AS ended,
  json_extract(arm.value, '$.firstError.call') AS error_call,
  json_extract(arm.value, '$.firstError.code') AS error_code
FROM run, json_each(run.arms) AS arm;

CREATE VIEW claims AS
SELECT
  run.id AS run, run.rid,
  json_extract(claim.value, '$.id') AS claim,
  json_extract(claim.value, '$.outcome') AS outcome,
  json_extract(claim.value, '$.basis') AS basis,
  json_extract(claim.value, '$.addressClass') AS address_class,
  json_extract(claim.value, '$.because') AS because
FROM run, json_each(run.claims) AS claim;

CREATE VIEW measures AS
SELECT run.id AS run, run.rid, measure.key AS name, measure.value AS value
FROM run, json_each(run.measures) AS measure;

CREATE VIEW events AS
SELECT
  run.id AS run, event.rid, event.seq,
  event.t / 1e6 AS t_ms, event.dur / 1e3 AS dur_us, event.arm,
  coalesce(op_name.name, 'op ' || event.op) AS op,
  nullif(event.socket, 0) AS socket,
  run_address.address AS address,
  CASE WHEN event.op IN (${OP.bind}, ${OP.getsockname}, ${OP.connect}, ${OP.accept}, ${OP.close}, ${OP.fill}, ${OP.release})
    THEN event.port END AS port,
  CASE WHEN event.op IN (${OP.setsockopt}, ${OP.getsockopt})
    THEN coalesce(option_name.name, 'option ' || event.port) END AS option,
  event.code,
  CASE WHEN event.code <> 0 THEN coalesce(error_name.name, 'error ' || event.code) END AS error,
  event.value,
  CASE WHEN event.op = ${OP.mark} THEN coalesce(mark_name.name, 'mark ' || event.value) END AS mark
FROM event
JOIN run ON run.rid = event.rid
LEFT JOIN op_name ON op_name.op = event.op
LEFT JOIN run_address ON run_address.rid = event.rid AND run_address.idx = event.address
LEFT JOIN option_name ON option_name.tag = event.port
LEFT JOIN error_name ON error_name.code = event.code
LEFT JOIN mark_name ON mark_name.value = event.value;

CREATE VIEW port_changes AS
SELECT
  run.id AS run, change.rid, change.seq, change.t / 1e6 AS t_ms, change.arm,
  run_address.address AS address, change.port AS first_port, change.ports,
  change.ports * change.direction AS change
FROM (
  SELECT rid, min(seq) AS seq, t, arm, address, port, 1 AS ports, 1 AS direction
  FROM event WHERE op IN (${OP.getsockname}, ${OP.accept}) AND code = 0 AND port > 0
  GROUP BY rid, socket
  UNION ALL
  SELECT rid, seq, t, arm, address, port, 1, -1 FROM event WHERE op = ${OP.close} AND port > 0
  UNION ALL
  SELECT rid, seq, t, arm, address, port, value, iif(op = ${OP.fill}, 1, -1)
  FROM event WHERE op IN (${OP.fill}, ${OP.release})
) AS change
JOIN run ON run.rid = change.rid
LEFT JOIN run_address ON run_address.rid = change.rid AND run_address.idx = change.address;

CREATE VIEW ports_held AS
SELECT
  run, rid, arm, address,
  sum(max(change, 0)) AS taken, max(held) AS peak, sum(change) AS left_over
FROM (
  SELECT *, sum(change) OVER (PARTITION BY rid, arm, address ORDER BY seq) AS held
  FROM port_changes
)
GROUP BY rid, arm, address;

CREATE VIEW exhaustion AS
SELECT
  run.id AS run, first.rid, first.arm, arms.strategy,
  op_name.name AS call, run_address.address AS address, first.code,
  coalesce(error_name.name, 'error ' || first.code) AS error,
  first.seq, first.t / 1e6 AS t_ms,
  (
    SELECT coalesce(sum(iif(op = ${OP.fill}, value, 1)), 0)
    FROM event
    WHERE event.rid = first.rid AND event.seq < first.seq AND event.arm = first.arm
      AND event.op IN (${OP.bind}, ${OP.fill}) AND event.code = 0
  ) AS bound_before
FROM (
  SELECT rid, arm, min(seq) AS seq, t, op, address, code
  FROM event
  WHERE op IN (${OP.bind}, ${OP.connect}) AND code NOT IN (0, ${WSA.WSAEWOULDBLOCK})
  GROUP BY rid, arm
) AS first
JOIN run ON run.rid = first.rid
LEFT JOIN arms ON arms.rid = first.rid AND arms.arm = first.arm
LEFT JOIN op_name ON op_name.op = first.op
LEFT JOIN run_address ON run_address.rid = first.rid AND run_address.idx = first.address
LEFT JOIN error_name ON error_name.code = first.code;
`,
};
