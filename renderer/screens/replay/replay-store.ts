import type { LabClient } from '#engine/api/client.ts';
import type { RecordingView } from '#engine/api/views.ts';
import type { ModelWish } from '#engine/lockstep/profile-beside.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { firstWish } from './model-wish.ts';
import type { Instant, ReplayFrame } from './replay-frame.ts';
import { ReplayLink } from './replay-link.ts';
import { EMPTY_STATE, type ReplayState } from './replay-state.ts';
import { factsOf } from './run-facts.ts';
import { advance, clockUnit } from '#engine/replay/pace.ts';
import type { Speed } from './transport.ts';
import type { FromModel, FromRecorded } from './worker-messages.ts';

/**
 * A replay: what is shown, and what can be done. Of all instants asked for while one is being worked out
 * only the newest counts, so a screen never lags behind its playhead.
 */
export class ReplayStore {
  readonly #run: string;
  readonly #listeners = new Set<() => void>();
  #state: ReplayState = EMPTY_STATE;
  #client: LabClient | null = null;
  #link: ReplayLink | null = null;
  /** Asked for, and not sent yet. */
  #wanted: Instant | null = null;
  /** Sent, and not answered yet. */
  #asking = false;
  #modelAsking = false;
  #modelStale = false;
  /** An instant that is drawn when the model has told of it. */
  #next: ReplayFrame | null = null;
  #wishes = 0;
  #withMap = false;
  #tick = 0;
  /** While playing: the clock, ns, and when it was looked at last, ms. */
  #clock = 0;
  #lookedAt = 0;

  /** @param first the instant to begin at */
  constructor(run: string, first: Instant) {
    this.#run = run;
    this.#wanted = first;
  }

  readonly getState = (): ReplayState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Length of the run, ns: its document's, or what was read where that is more. */
  get total(): number {
    const { recording, overview } = this.#state;
    return Math.max(recording?.document.run.durationNs ?? 0, overview?.end ?? 0, 1);
  }

  /** ns of the run's clock in a second at 1×. */
  get unit(): number {
    const { recording } = this.#state;
    return clockUnit(this.total, recording !== null && recording.document.run.stack === 'winsock');
  }

  /** Begins, or begins anew where reading broke off. */
  open(client: LabClient): void {
    if (this.#state.overview?.complete === true) return;
    this.stop();
    this.#client = client;
    this.#asking = false;
    this.#modelAsking = false;
    this.#next = null;
    const { frame, wish } = this.#state;
    if (frame !== null) this.#wanted ??= { seq: frame.seq };
    this.#set({ ...EMPTY_STATE, wish, speed: this.#state.speed });
    this.#link = new ReplayLink(client, this.#run, {
      recorded: (message) => this.#recorded(message),
      model: (message) => this.#modelled(message),
      failed: (error) => this.#set({ error: this.#state.error ?? error, playing: false }),
    });
    this.refresh(client);
  }

  /** Asks for the run's document, again when it has ended. */
  refresh(client: LabClient): void {
    client.call('recording', { run: this.#run }).then(
      (recording) => this.#describe(recording),
      (thrown: unknown) => {
        const error = LabError.from(thrown);
        this.#set({ error, missing: error.kind === 'usage' });
      },
    );
  }

  stop(): void {
    this.#link?.stop();
    this.#link = null;
    cancelAnimationFrame(this.#tick);
    this.#tick = 0;
  }

  seek(to: Instant): void {
    this.#want(to);
    if (this.#state.playing || this.#state.said !== '') this.#set({ playing: false, said: '' });
  }

  /** So many events on, or back. */
  step(events: number): void {
    const last = (this.#state.overview?.rows ?? 0) - 1;
    this.seek({ seq: Math.max(-1, Math.min(last, this.#seq() + events)) });
  }

  /** So many seconds of the replay at 1× on, or back. */
  skip(seconds: number): void {
    const t = ((this.#next ?? this.#state.frame)?.t ?? 0) + seconds * this.unit;
    this.seek(t < 0 ? { seq: -1 } : { t: Math.min(t, this.total) });
  }

  toEnd(): void {
    this.seek({ seq: (this.#state.overview?.rows ?? 0) - 1 });
  }

  toggle(): void {
    const { playing, frame, overview } = this.#state;
    if (playing) return this.#set({ playing: false });
    if (frame === null || overview === null) return;
    const over = overview.complete && frame.t >= overview.end;
    this.#clock = over || frame.seq < 0 ? 0 : frame.t;
    this.#lookedAt = performance.now();
    this.#set({ playing: true, said: '' });
    this.#schedule();
  }

  setSpeed(speed: Speed): void {
    this.#set({ speed });
  }

  /** To the next failed call, or the one before. */
  findError(step: 1 | -1): void {
    this.#link?.toRecorded({ kind: 'error', from: this.#seq(), step });
  }

  /** To the next difference between host and model, or the one before. */
  findDifference(step: 1 | -1): void {
    const seqs = this.#state.model?.places.seq ?? new Float64Array();
    const here = this.#seq();
    const found = step === 1 ? seqs.find((seq) => seq > here) : seqs.findLast((seq) => seq < here);
    if (found !== undefined) this.seek({ seq: found });
    else this.#set({ said: `No difference ${step === 1 ? 'after' : 'before'} this event.` });
  }

  /** Whether the port map is in view: its bytes come only then. */
  showMap(shown: boolean): void {
    this.#withMap = shown;
    if (shown && this.#state.frame?.map === null) this.#want({ seq: this.#seq() });
  }

  /** Other rules: the model's track is made anew. */
  setWish(wish: ModelWish): void {
    this.#set({ wish, modelError: null, said: '' });
    this.#sendWish();
  }

  #describe(recording: RecordingView): void {
    const before = this.#state.recording;
    const wish = this.#state.wish ?? firstWish(recording.document);
    this.#set({ recording, wish });
    const facts = factsOf(recording);
    const claims = [...new Set(recording.document.claims.map(({ id }) => id))];
    this.#link?.toRecorded({ kind: 'facts', facts, claims });
    this.#want(this.#wanted ?? { seq: this.#seq() });
    // The same addresses again: the track stands.
    if (before === null || before.addresses.length !== recording.addresses.length) this.#sendWish();
  }

  #sendWish(): void {
    const { recording, wish } = this.#state;
    if (recording === null || wish === null) return;
    const { stack, host, profile, addresses } = recording.document.run;
    this.#link?.toModel({
      kind: 'wish',
      id: ++this.#wishes,
      wish,
      run: { stack, host, profile, addresses },
      facts: factsOf(recording),
      texts: recording.addresses,
    });
  }

  #recorded(message: FromRecorded): void {
    switch (message.kind) {
      case 'overview':
        this.#set({ overview: message.overview });
        if (message.overview.complete) this.#readWhole();
        if (this.#wanted !== null) this.#schedule();
        break;
      case 'frame':
        this.#asking = false;
        // A run that goes on is read to its end only when it has ended.
        if (this.#state.recording?.document.run.status === 'running') this.#link?.beginModel();
        this.#show(message.frame);
        if (this.#wanted !== null) this.#schedule();
        break;
      case 'evidence':
        this.#set({ evidence: message.evidence });
        break;
      case 'error':
        if (message.seq >= 0) this.seek({ seq: message.seq });
        else this.#set({ said: 'No failed call in that direction.' });
        break;
    }
  }

  /** Time for the model; and a run that went on when it was asked for has ended since. */
  #readWhole(): void {
    this.#link?.beginModel();
    const running = this.#state.recording?.document.run.status === 'running';
    if (running && this.#client !== null) this.refresh(this.#client);
  }

  #modelled(message: FromModel): void {
    switch (message.kind) {
      case 'overview':
        if (message.overview.id !== this.#wishes) return;
        this.#set({ model: message.overview });
        this.#askModel();
        break;
      case 'frame':
        this.#modelAsking = false;
        this.#set({ modelFrame: message.frame, ...(this.#next && { frame: this.#next }) });
        this.#next = null;
        if (this.#modelStale) this.#askModel();
        break;
      case 'failed':
        if (message.id !== this.#wishes) return;
        this.#set({
          model: null,
          modelFrame: null,
          modelError: new LabError('failed', message.message, message.hint),
        });
        break;
    }
  }

  /** Draws an instant; a model that is made is waited for, so that both tracks are drawn at once. */
  #show(frame: ReplayFrame): void {
    const waits = this.#state.model?.complete === true && this.#state.frame !== null;
    // The last one was not drawn yet: the model can't keep up.
    if (!waits || this.#next !== null) {
      this.#next = null;
      this.#set({ frame });
    } else this.#next = frame;
    this.#askModel();
  }

  #askModel(): void {
    const { model } = this.#state;
    const frame = this.#next ?? this.#state.frame;
    if (frame === null || model === null) return;
    this.#modelStale = this.#modelAsking;
    if (this.#modelAsking) return;
    this.#modelAsking = true;
    const { seq, around } = frame;
    const from = around[0]?.seq ?? 0;
    this.#link?.toModel({ kind: 'frame', seq, from, to: from + around.length });
  }

  /** The event shown, or about to be. */
  #seq(): number {
    const wanted = this.#wanted;
    if (wanted !== null && 'seq' in wanted) return wanted.seq;
    return (this.#next ?? this.#state.frame)?.seq ?? -1;
  }

  #want(to: Instant): void {
    this.#wanted = to;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#tick !== 0 || this.#link === null) return;
    this.#tick = requestAnimationFrame((now) => {
      this.#tick = 0;
      this.#frame(now);
    });
  }

  /** Once an animation frame, while there is something to do. */
  #frame(now: number): void {
    const { playing, speed, overview } = this.#state;
    if (playing && overview !== null) {
      const end = overview.end;
      this.#clock = advance(this.#clock, now - this.#lookedAt, speed, this.unit, end);
      this.#lookedAt = now;
      this.#wanted = { t: this.#clock };
      if (this.#clock >= end && overview.complete) this.#set({ playing: false });
    }
    const wanted = this.#wanted;
    const readable = overview !== null && (overview.rows > 0 || overview.complete);
    if (wanted !== null && !this.#asking && readable) {
      this.#wanted = null;
      this.#asking = true;
      this.#link?.toRecorded({ kind: 'frame', at: wanted, withMap: this.#withMap });
    }
    if (this.#state.playing) this.#schedule();
  }

  #set(change: Partial<ReplayState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
