import type { LabClient } from '#engine/api/client.ts';
import type { RecordingView } from '#engine/api/views.ts';
import type { ModelWish } from '#engine/lockstep/profile-beside.ts';
import { LabError } from '#engine/model/lab-error.ts';
import { clockUnit } from '#engine/replay/pace.ts';
import { InstantPipe } from './instant-pipe.ts';
import { firstWish } from './model-wish.ts';
import { PacedStates, type Turn } from './paced-states.ts';
import { PlayClock } from './play-clock.ts';
import type { Instant, RecordedOverview, ReplayFrame } from './replay-frame.ts';
import { ReplayLink } from './replay-link.ts';
import { EMPTY_STATE, type ReplayState } from './replay-state.ts';
import { factsOf } from './run-facts.ts';
import type { Speed } from './transport.ts';
import type { FromModel, FromRecorded } from './worker-messages.ts';

/** A replay: what is shown, and what can be done. */
export class ReplayStore {
  readonly #run: string;
  readonly #listeners = new Set<() => void>();
  readonly #pipe: InstantPipe;
  readonly #clock = new PlayClock();
  readonly #paced = new PacedStates(EMPTY_STATE, () => this.#tell());
  #state: ReplayState = EMPTY_STATE;
  #client: LabClient | null = null;
  #link: ReplayLink | null = null;
  #wishes = 0;
  #withMap = false;
  /** What was read, to be drawn with the next instant. */
  #coming: RecordedOverview | null = null;
  #tick = 0;

  /** @param first the instant to begin at */
  constructor(run: string, first: Instant) {
    this.#run = run;
    this.#pipe = new InstantPipe(first, {
      ask: (at) => this.#link?.toRecorded({ kind: 'frame', at, withMap: this.#withMap }),
      askModel: ({ seq, around }) => {
        const from = around[0]?.seq ?? 0;
        this.#link?.toModel({ kind: 'frame', seq, from, to: from + around.length });
      },
      draw: (told) => {
        const overview = this.#coming;
        this.#coming = null;
        this.#set(overview === null ? told : { ...told, overview });
      },
      due: () => this.#schedule(),
    });
  }

  /** @param turn of parts that need not be drawn with every instant while the playhead moves */
  readonly getState = (turn?: Turn): ReplayState =>
    turn === undefined ? this.#state : this.#paced.of(turn);

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
    const { frame, wish, speed, overview, error } = this.#state;
    if (overview?.complete === true && error === null) return;
    this.stop();
    this.#client = client;
    this.#pipe.reset(frame);
    this.#set({ ...EMPTY_STATE, wish, speed });
    this.#link = new ReplayLink(client, this.#run, {
      recorded: (message) => this.#recorded(message),
      model: (message) => this.#modelled(message),
      failed: (error) => this.#set({ error: this.#state.error ?? error, playing: false }),
    });
    // Answered with the first part of the recording.
    this.#pipe.send();
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
    this.#paced.stop();
    cancelAnimationFrame(this.#tick);
    this.#tick = 0;
  }

  seek(to: Instant): void {
    this.#pipe.want(to);
    if (this.#state.playing || this.#state.said !== '') this.#set({ playing: false, said: '' });
  }

  /** So many events on, or back; two steps within a frame are two steps. */
  step(events: number): void {
    const last = (this.#state.overview?.rows ?? 0) - 1;
    this.seek({ seq: Math.max(-1, Math.min(last, this.#seq() + events)) });
  }

  /** So many seconds of the replay at 1× on, or back. */
  skip(seconds: number): void {
    const { coming } = this.#pipe;
    const from = coming !== null && 't' in coming ? coming : this.#state.frame;
    const t = (from?.t ?? 0) + seconds * this.unit;
    this.seek(t < 0 ? { seq: -1 } : { t: Math.min(t, this.total) });
  }

  toEnd(): void {
    this.seek({ seq: (this.#state.overview?.rows ?? 0) - 1 });
  }

  toggle(): void {
    const { playing, frame } = this.#state;
    if (playing) {
      this.#pipe.forget();
      return this.#set({ playing: false });
    }
    if (frame === null) return;
    const latest = this.#pipe.latest(frame);
    if (latest !== null) this.#playFrom(latest);
    else this.#clock.clear();
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
    if (shown && this.#state.frame?.map === null) this.#pipe.want({ seq: this.#seq() });
  }

  /** Other rules: the model's track is made anew. */
  setWish(wish: ModelWish): void {
    this.#set({ wish, modelError: null, said: '' });
    this.#sendWish();
  }

  /** One of the model's assumptions set otherwise. */
  setSwitch(id: string, value: string): void {
    const { wish } = this.#state;
    if (wish !== null) this.setWish({ ...wish, switches: { ...wish.switches, [id]: value } });
  }

  #describe(recording: RecordingView): void {
    const before = this.#state.recording;
    this.#set({ recording, wish: this.#state.wish ?? firstWish(recording.document) });
    const facts = factsOf(recording);
    const claims = [...new Set(recording.document.claims.map(({ id }) => id))];
    this.#link?.toRecorded({ kind: 'facts', facts, claims });
    if (!this.#pipe.isWaiting) this.#pipe.want({ seq: this.#seq() });
    // The same addresses again: the track stands.
    if (before?.addresses.length !== recording.addresses.length) this.#sendWish();
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
        break;
      case 'frame':
        // A run that goes on is read to its end only when it has ended.
        if (this.#isRunning) this.#link?.beginModel();
        if (this.#state.playing && !this.#clock.isSet && !this.#pipe.isWaiting) {
          this.#playFrom(message.frame);
        }
        if (message.overview !== null) this.#coming = message.overview;
        this.#pipe.answered(
          message.frame,
          this.#state.model?.complete === true && this.#state.frame !== null,
        );
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
    if (this.#isRunning && this.#client !== null) this.refresh(this.#client);
  }

  #modelled(message: FromModel): void {
    const { frame } = this.#state;
    switch (message.kind) {
      case 'overview':
        if (message.overview.id !== this.#wishes) return;
        this.#set({ model: message.overview });
        if (frame !== null) this.#pipe.askModel(frame);
        break;
      case 'frame':
        this.#pipe.modelAnswered(message.frame, frame);
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

  get #isRunning(): boolean {
    return this.#state.recording?.document.run.status === 'running';
  }

  /** Where it stood at the end, from the beginning. */
  #playFrom({ t, seq }: ReplayFrame): void {
    const { overview } = this.#state;
    const over = overview?.complete === true && t >= overview.end;
    this.#clock.set(over || seq < 0 ? 0 : t, performance.now());
  }

  /** The event shown, or about to be. */
  #seq(): number {
    const { coming } = this.#pipe;
    if (coming !== null && 'seq' in coming) return coming.seq;
    return this.#state.frame?.seq ?? -1;
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
    const end = overview?.end ?? 0;
    const t = playing ? this.#clock.on(now, speed, this.unit, end) : null;
    if (t !== null) this.#pipe.want({ t });
    this.#pipe.send();
    if (t !== null && t >= end && overview?.complete === true) this.#set({ playing: false });
    if (this.#state.playing) this.#schedule();
  }

  #set(change: Partial<ReplayState>): void {
    this.#state = { ...this.#state, ...change };
    this.#paced.take(this.#state, change.frame !== undefined, performance.now());
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
