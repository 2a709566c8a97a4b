import manifest from '../../package.json' with { type: 'json' };

/** The lab's own version, as recordings and reports name it. */
export const LAB_VERSION: string = manifest.version;
