/** Runs in a browser's worker: the page says with what seed. */
import { aDayOnAHost } from './a-day-on-a-host.ts';

interface Scope {
  addEventListener(type: 'message', heard: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const scope = globalThis as unknown as Scope;
scope.addEventListener('message', ({ data }) => scope.postMessage(aDayOnAHost(Number(data))));
