import { readFileSync, writeFileSync } from 'node:fs';
import { NULL_SINK } from '#engine/event/event-sink.ts';
import type { PortRange } from '#engine/model/port-range.ts';
import { checkScript } from '#engine/script/parse-script.ts';
import { runScript } from '#engine/script/run-script.ts';
import type { ScriptOutcome } from '#engine/script/script.ts';
import { checkOnWinsock } from '#engine/script/script-needs.ts';
import { ScriptWatch } from '#engine/script/script-watch.ts';
import { openFfi } from '#native/ffi/open-ffi.ts';
import { createWinsockStack } from '#native/winsock/winsock-stack.ts';

/** A script, and the local port range of the namespace while it runs. */
export interface ScriptJob {
  readonly range: PortRange;
  readonly script: unknown;
}

/** As Wine shows Linux files. The namespace is this process's own. */
const LOCAL_PORT_RANGE = 'Z:\\proc\\sys\\net\\ipv4\\ip_local_port_range';
const SCRIPT_SECONDS = 30;

/** Runs one script on real sockets, every one of them closed again. */
async function run({ range, script: source }: ScriptJob): Promise<ScriptOutcome> {
  const script = checkScript(source);
  checkOnWinsock(script);
  writeFileSync(LOCAL_PORT_RANGE, `${range.start} ${range.start + range.count - 1}`);
  const watch = new ScriptWatch(NULL_SINK);
  const stack = createWinsockStack({ sink: watch, ffi: openFfi('koffi') });
  try {
    return await runScript(script, {
      stack,
      watch,
      seed: 1,
      maxSeconds: SCRIPT_SECONDS,
      avoid: [range],
      othersPerSecond: 0,
      stop: { reason: null },
      breathe: (pauseMs = 0) => new Promise((done) => setTimeout(done, pauseMs)),
      progress() {},
    });
  } finally {
    stack.dispose();
  }
}

const [jobsFile = '', outcomesFile = ''] = process.argv.slice(2);
const outcomes: ScriptOutcome[] = [];
for (const job of JSON.parse(readFileSync(jobsFile, 'utf8')) as ScriptJob[]) {
  outcomes.push(await run(job));
}
writeFileSync(outcomesFile, JSON.stringify(outcomes));
