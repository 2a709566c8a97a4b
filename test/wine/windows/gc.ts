/** Forces a garbage collection. Needs `node --expose-gc`. */
export function forceGc(): void {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('run this with node --expose-gc');
  void gc();
}

/** An object whose methods collect garbage before and after each call. */
export function withGc<T extends object>(target: T): T {
  return new Proxy(target, {
    get(object, key) {
      // Private members and getters need the object itself as `this`, not the proxy.
      const value: unknown = Reflect.get(object, key, object);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown => {
        forceGc();
        const answer: unknown = Reflect.apply(value, object, args);
        forceGc();
        return answer;
      };
    },
  });
}
