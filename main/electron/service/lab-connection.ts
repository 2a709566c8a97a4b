import type { Wire } from '#engine/api/wire.ts';
import type { WireRole } from '#main/wire/channel-mux.ts';

/** One life of a lab service, as the desktop reaches it: a child of ours, or one elsewhere. */
export interface LabConnection {
  /** Frames sent before the service listens wait for it. */
  open(role: WireRole): Wire;
  /** Called once, when it ended and nobody here asked it to. @param handler its reason in words */
  onEnded(handler: (reason: string) => void): void;
  /** Ends a child; takes leave of a service elsewhere. Bounded. */
  end(): Promise<void>;
}
