import { timeOfDay, timeWindowText } from '#engine/experiment/time-window.ts';
import { count, thousands } from '#engine/model/words.ts';
import { mayExhaust, type PreparedRun } from './prepare.ts';
import { minuteOf, type Clock } from './refusals.ts';

/**
 * System log, source Tcpip. 4231 is TCP's (EVENT_TCPIP_TCP_GLOBAL_EPHEMERAL_PORT_SPACE_EXHAUSTED of
 * netevent.h); 4266 is UDP's, known from administrators' reports and on no page of Microsoft's.
 */
const EXHAUSTED_EVENT = { tcp: 4231, udp: 4266 } as const;

/**
 * Handle counts that alarms are commonly set to: above 3,000 a process is suspicious, above 10,000 it
 * is usual where ports ran out. Source: "TCP/IP port exhaustion troubleshooting", Microsoft.
 */
const HANDLE_ALARMS = [3_000, 10_000] as const;

/** Handles node.exe has anyway, roughly. */
const HANDLES_BEFORE = 300;

/** Non-paged pool a bound socket takes, KB, at most and roughly: no page gives a figure. */
const POOL_KB_A_SOCKET = 2;

/**
 * What to send to those who watch the host before its ports are exhausted, so that nobody is woken up
 * for it: what their tools will show, how long, and what to do if it stays. Null for a run that will
 * not exhaust a real host.
 */
export function monitoringText(
  prepared: PreparedRun,
  now: Clock = () => new Date(),
): string | null {
  const { basis, host, plan, parameters, request } = prepared;
  if (basis !== 'measured' || !mayExhaust(prepared)) return null;
  const { protocol } = parameters;
  const lasts = plan.seconds + request.holdSeconds;
  const window = request.onlyBetween;
  const when =
    window === undefined
      ? `at ${timeOfDay(minuteOf(now()))}`
      : `once within ${timeWindowText(window)}`;
  const handles = plan.atOnce + HANDLES_BEFORE;
  const alarms = HANDLE_ALARMS.filter((alarm) => handles > alarm).map(thousands);
  return [
    `On ${host.hostname}, ${when} local time, we use up the ${protocol.toUpperCase()} ports on purpose (Port Scalability Lab, experiment ${prepared.experiment.id}), for about ${lasts} s.`,
    `You will see: event ${EXHAUSTED_EVENT[protocol]} of source Tcpip in the System log; up to ${count(handles, 'handle')} of node.exe${alarms.length === 0 ? '' : `, so alarms set to ${alarms.join(' or ')} handles will fire`}; up to ${thousands(Math.ceil((plan.atOnce * POOL_KB_A_SOCKET) / 1024))} MB more non-paged pool; failed logons, LDAP, DNS or SMB connections from this host.`,
    `All of it should be over within a minute of the end. If it isn't: run "portlab stop" on ${host.hostname}, or end node.exe there; Windows then takes the ports back.`,
    'Whom to call: ____________________',
  ].join('\n');
}
