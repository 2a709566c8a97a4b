import type { DoctorView } from '#engine/api/views.ts';
import { diagnose } from '#engine/doctor/diagnose.ts';
import { look, many } from '#test/engine/doctor/sample-look.ts';

/** A made-up server whose TCP IPv4 ports one program uses up, to one endpoint. Of 1,000 numbers a pool. */
export const SICK: DoctorView = {
  known: true,
  document: diagnose(
    look(
      {
        tcp4: [
          ...many(700, 0, { remote: '10.0.9.40:443' }),
          ...many(180, 700, { pid: 0, state: 'time-wait', remote: '10.0.9.40:443' }),
          ...many(112, 880, { pid: 53, state: 'bound' }),
        ],
        tcp6: many(6, 0, { pid: 7 }),
        udp4: many(40, 0, { pid: 53, state: 'bound' }),
      },
      {
        events: [
          {
            id: 4231,
            at: '2026-01-02T03:01:05.000Z',
            text: 'no local TCP port was left for a new connection',
          },
          {
            id: 4227,
            at: '2026-01-02T02:59:00.000Z',
            text: 'a local port was used again too soon to the same endpoint',
          },
        ],
      },
    ),
  ),
};

/** Whether an answer is the doctor's about a host that can't be looked at here. */
export function isNoLook(result: unknown): boolean {
  return (
    typeof result === 'object' &&
    result !== null &&
    'known' in result &&
    result.known === false &&
    'hint' in result
  );
}
