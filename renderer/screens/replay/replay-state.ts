import type { RecordingView } from '#engine/api/views.ts';
import type { ModelWish } from '#engine/lockstep/profile-beside.ts';
import type { LabError } from '#engine/model/lab-error.ts';
import type { ModelFrame, ModelOverview } from './model-frame.ts';
import type { ClaimMoment, RecordedOverview, ReplayFrame } from './replay-frame.ts';
import type { Speed } from './transport.ts';

/** Everything the replay screen shows. */
export interface ReplayState {
  /** Null until the service has told. */
  readonly recording: RecordingView | null;
  /** There is no such run. */
  readonly missing: boolean;
  /** Why the recording can't be read further, or at all. */
  readonly error: LabError | null;
  readonly overview: RecordedOverview | null;
  readonly frame: ReplayFrame | null;
  /** Null until everything was read. */
  readonly evidence: readonly ClaimMoment[] | null;
  readonly wish: ModelWish | null;
  readonly model: ModelOverview | null;
  readonly modelFrame: ModelFrame | null;
  /** Why the wish can't be met. */
  readonly modelError: LabError | null;
  readonly playing: boolean;
  readonly speed: Speed;
  /** What the last command came to, where nothing moved. */
  readonly said: string;
}

export const EMPTY_STATE: ReplayState = {
  recording: null,
  missing: false,
  error: null,
  overview: null,
  frame: null,
  evidence: null,
  wish: null,
  model: null,
  modelFrame: null,
  modelError: null,
  playing: false,
  speed: 1,
  said: '',
};
