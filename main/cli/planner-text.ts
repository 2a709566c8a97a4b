import { STRATEGY_TITLE } from '#engine/model/strategy.ts';
import { count, duration, thousands } from '#engine/model/words.ts';
import type { PlanCheck } from '#engine/planner/check-plan.ts';
import { amount, portsText } from '#engine/planner/figures.ts';
import type { PlanDocument, PlanStep, StrategyPlan } from '#engine/planner/plan-document.ts';
import type { ProfileSwitch } from '#engine/profile/profile-switches.ts';
import type { Console } from './console.ts';
import { table } from './table.ts';
import { wrapped } from './wrapped.ts';

export interface PlannerText {
  readonly plan: PlanDocument;
  /** The recommended strategy carried out on the model, with what it needs and one address fewer. */
  readonly checks: readonly PlanCheck[];
  /** What was not known, and what stands for it. */
  readonly notes: readonly string[];
  /** The switches the plan assumes. */
  readonly switches: readonly ProfileSwitch[];
  /** The profile's file was written, or none is needed. */
  readonly fileThere: boolean;
}

const TITLES = { ...STRATEGY_TITLE, 'wider-range': 'Wider range' } as const;

/** A plan for a terminal: the answer, what it answers, then the evidence and what to do. */
export function plannerText(text: PlannerText, out: Console): string {
  const { plan, notes } = text;
  return [
    out.dim(
      `SIMULATED, profile ${plan.host.profile} · reckoned for ${hostWords(plan)}, not measured`,
    ),
    out.bold(wrapped(plan.sentence, 0)),
    '',
    ...needLines(plan),
    ...section('Strategies, the best first', strategies(plan), out),
    ...section('Checked on the model', checkLines(text), out),
    ...section('Why', plan.steps.map(stepLines), out),
    ...section('Rule of thumb beside it', [ruleLine(plan)], out),
    ...section('This plan assumes', assumptionLines(text), out),
    ...section('Not known', notes.map(bullet), out),
    ...section('PowerShell to review; the lab never runs it', [plan.powershell], out),
    ...section('To carry the plan out', verifyLines(text), out),
  ].join('\n');
}

function section(title: string, lines: readonly string[], out: Console): string[] {
  return lines.length === 0 ? [] : ['', out.bold(title), ...lines];
}

function hostWords({ host }: PlanDocument): string {
  if (host.from === 'host') return `${host.name} as it is now`;
  return host.from === 'run' ? `the host of run ${host.name}` : 'no host in particular';
}

function needLines({ need, host }: PlanDocument): string[] {
  const rate =
    need.perSecond > 0
      ? `, ${amount(need.perSecond)} new a second, ${amount(host.timeWaitSeconds)} s in TIME_WAIT`
      : '';
  const kept = need.headroomPercent > 0 ? `, ${amount(need.headroomPercent)} % kept free` : '';
  const range = `range ${portsText(host.dynamicRange)}`;
  const auto =
    host.autoReuseRange.count > 0 ? `, auto-reuse range ${portsText(host.autoReuseRange)}` : '';
  return [
    `Need  ${count(need.connections, 'connection')} at once to ${count(need.remotes, 'remote')}${rate}${kept}:`,
    `      ${thousands(need.heldAtPeak)} held at the peak, ${thousands(need.capacity)} to provide`,
    `Host  ${count(host.addresses, 'address')}, ${range}, ${thousands(host.excluded)} excluded, ${thousands(host.usedByOthers)} held by others${auto}:`,
    `      ${thousands(need.usablePerAddress)} usable an address`,
  ];
}

function strategies({ strategies: list, recommended, need }: PlanDocument): string[] {
  const rows = list.map((one) => [
    `${TITLES[one.strategy]}${one.strategy === recommended ? ' *' : ''}`,
    one.addressesNeeded === null ? 'none' : thousands(one.addressesNeeded),
    spanOf(one.portsLeftForLegacy),
    fullAfter(one, need.perSecond),
    one.firstLimit,
  ]);
  const columns = [
    { title: 'Strategy' },
    { title: 'Addresses', right: true },
    { title: 'Left for option-less', right: true },
    { title: 'Full after', right: true },
    { title: 'First thing to break' },
  ];
  const whys = list.map((one) => bullet(`${TITLES[one.strategy]}: ${one.because}.`));
  const mark = recommended === null ? [] : ['* recommended'];
  return [table(columns, rows), ...mark, ...whys];
}

function spanOf({ min, max }: StrategyPlan['portsLeftForLegacy']): string {
  return min === max ? thousands(min) : `${thousands(min)} to ${thousands(max)}`;
}

function fullAfter({ secondsToExhaustion: after }: StrategyPlan, perSecond: number): string {
  if (perSecond === 0) return '–';
  return after === null ? 'never' : duration(after * 1e9);
}

function checkLines({ checks }: PlannerText): string[] {
  return checks.map((check) => {
    const on = count(check.addresses, 'address');
    if (check.cutShort !== null) {
      return bullet(`${on}: ${thousands(check.held)} held, then cut short: ${check.cutShort}.`);
    }
    const end = check.met === true ? 'enough' : `short of ${thousands(check.capacity)}`;
    return bullet(`${on}: ${thousands(check.held)} held, ${end}.`);
  });
}

function stepLines({ question, answer, detail }: PlanStep, index: number): string {
  return `${index + 1}. ${question}  ${answer}\n${wrapped(detail, 3)}`;
}

function ruleLine({ ruleOfThumb: { addresses, because } }: PlanDocument): string {
  return bullet(`${count(addresses, 'address')} by ${because}`);
}

/** Those of the recommended strategy come first, as the plan has them. */
function assumptionLines({ switches, plan }: PlannerText): string[] {
  const measured = new Set(plan.host.measured ?? []);
  return plan.assumptions.flatMap((id) => {
    const known = switches.find((one) => one.id === id);
    if (known === undefined) return [];
    const by = measured.has(id) ? 'measured here' : 'not measured';
    return [bullet(`${id} = ${known.value}, ${by}: ${known.about}`)];
  });
}

function verifyLines({ plan, fileThere }: PlannerText): string[] {
  if (plan.verify === null) return [];
  const first = fileThere
    ? []
    : ['First write this host as a profile: the same command with --save plan-host.json. Then:'];
  return [...first, plan.verify];
}

function bullet(text: string): string {
  return `- ${wrapped(text, 2).trimStart()}`;
}
