import type { ExhaustionCodes } from '../claim/evidence.ts';
import type { HostFacts } from '../model/host-facts.ts';
import { count } from '../model/words.ts';
import type { AddressClass, Arm, Basis, ClaimResult, Finding } from '../run/run-document.ts';
import type { SafetyLimits } from '../experiment/safety.ts';
import { knownProblems } from './known-problems.ts';

/** What the run says beside its claims: known traps, each with what to do. */
export interface FindingsInput {
  readonly basis: Basis;
  readonly host: HostFacts;
  readonly addressClass: AddressClass;
  /** Named, but more than the experiment uses. */
  readonly unusedAddresses: readonly string[];
  readonly arms: readonly Arm[];
  readonly usable: number | null;
  readonly limits: SafetyLimits;
  readonly exhaustion: ExhaustionCodes;
  /** Ports others hold could not be counted, so the reserve rests on the range alone. */
  readonly othersUnknown: boolean;
  /** The run tried what sockets without the option get at its peak. */
  readonly starvationTried?: boolean;
  /** What the run settled; nothing where left out. */
  readonly claims?: readonly ClaimResult[];
}

export function findingsOf(input: FindingsInput): Finding[] {
  return [
    ...provenance(input),
    ...hostFindings(input),
    ...knownProblems({ claims: [], ...input }),
    ...addressFindings(input),
    ...armFindings(input),
  ];
}

function provenance({ basis, host }: FindingsInput): Finding[] {
  if (basis === 'modelled') {
    return [
      finding(
        'simulated',
        'info',
        `No socket was opened: these figures come from the lab's model of Windows' port allocator, because ${host.why}. Do: run the same command on the Windows Server in question.`,
      ),
    ];
  }
  if (basis === 'wine') {
    return [
      finding(
        'wine',
        'warning',
        `This ws2_32.dll is Wine ${host.wine ?? ''}: it accepts SO_PORT_SCALABILITY and passes ports on to the system below. Nothing here is evidence about Windows. Do: run the same command on Windows Server.`,
      ),
    ];
  }
  return [];
}

function hostFindings({
  basis,
  host,
  addressClass,
  limits,
  othersUnknown,
}: FindingsInput): Finding[] {
  const findings: Finding[] = [];
  if (basis === 'measured' && host.os.productType === 'workstation') {
    findings.push(
      finding(
        'client-not-documented',
        'warning',
        'Microsoft documents SO_PORT_SCALABILITY for servers only; this is a client edition. What was measured here holds for this machine. Do: repeat it on the server edition you run in production.',
      ),
    );
  }
  if (basis === 'measured' && addressClass === 'loopback') {
    findings.push(
      finding(
        'loopback-only',
        'info',
        'Only loopback addresses were used; adapters may behave differently. Do: name two addresses of the server with --addresses.',
      ),
    );
  }
  if (basis !== 'modelled' && limits.freeOnAll === null) {
    findings.push(
      finding(
        'range-unknown',
        'info',
        'The dynamic port range of this host could not be read, so no reserve was kept and coverage is stated against the numbers seen. Do: limit runs with --max-sockets.',
      ),
    );
  } else if (othersUnknown) {
    findings.push(
      finding(
        'others-unknown',
        'warning',
        'Ports held by other programs could not be counted: the reserve was reckoned from the range alone. Do: ask for a larger --reserve on a busy server.',
      ),
    );
  }
  return findings;
}

function addressFindings({ unusedAddresses }: FindingsInput): Finding[] {
  if (unusedAddresses.length === 0) return [];
  return [
    finding(
      'addresses-unused',
      'info',
      `This experiment uses the first addresses named; it left out ${unusedAddresses.join(', ')}. Do: name another pair to compare them.`,
    ),
  ];
}

function armFindings({
  basis,
  arms,
  usable,
  limits,
  exhaustion,
  starvationTried = false,
}: FindingsInput): Finding[] {
  const findings: Finding[] = [];
  const option = arms.find((arm) => arm.strategy === 'port-scalability');
  if (
    option !== undefined &&
    option.ended === 'exhausted' &&
    basis !== 'wine' &&
    !starvationTried
  ) {
    findings.push(
      finding(
        'starves-option-less',
        'warning',
        'At the peak every number was held on at least one address: by the documentation (PS-4) option-less applications could get no wildcard port then. This run did not try. Do: cap the application below the range, so that numbers stay free on all addresses.',
      ),
    );
  }
  for (const arm of arms) {
    if (arm.ended === 'reserve') {
      findings.push(
        finding(
          `stopped-at-reserve-${arm.index}`,
          'info',
          `Arm ${arm.index} stopped at the reserve of ${count(limits.reserve ?? 0, 'port')}. Do: on a lab host, go on to the first error with --exhaust.`,
        ),
      );
    }
    const early = usable !== null && arm.bound < usable / 2;
    if (arm.ended === 'exhausted' && early && arm.firstError?.code === exhaustion.bind) {
      findings.push(
        finding(
          `full-early-${arm.index}`,
          'warning',
          `Arm ${arm.index} got no further port at ${count(arm.bound, 'port')}, far below the range of ${count(usable, 'port')}: ${exhaustion.bind} also means that memory ran out, or other programs hold the rest. Do: look for the holders with netstat -anoq.`,
        ),
      );
    }
    if (arm.ended === 'error' && arm.firstError !== null) {
      const { call, code, name } = arm.firstError;
      findings.push(
        finding(
          `arm-error-${arm.index}`,
          'error',
          `Arm ${arm.index} ended early: ${call}: ${name ?? 'error'} (${code}). Do: repeat with --max-sockets below ${arm.bound}.`,
        ),
      );
    }
  }
  return findings;
}

function finding(id: string, severity: Finding['severity'], text: string): Finding {
  return { id, severity, text };
}
