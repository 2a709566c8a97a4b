import { expect, it } from 'vitest';
import { APP_ID, PRODUCT_NAME, RUN_FILE_ENDING } from '#build/dist/places.mjs';
import { APP_USER_MODEL_ID, PRODUCT, RUN_FILE_ENDING as OPENED } from '#main/electron/product.ts';

it('the installer and the desktop call themselves the same', () => {
  expect([PRODUCT_NAME, APP_ID, RUN_FILE_ENDING]).toEqual([PRODUCT, APP_USER_MODEL_ID, OPENED]);
});
