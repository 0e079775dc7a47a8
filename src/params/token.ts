import type { ParamMatcher } from '@sveltejs/kit';

/** A secret in an address: 128 to 512 bits as base64url. */
export const match: ParamMatcher = (param) => /^[A-Za-z0-9_-]{22,86}$/.test(param);
