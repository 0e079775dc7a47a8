import type { ParamMatcher } from '@sveltejs/kit';

/** The id of a row; anything else is no address of ours. */
export const match: ParamMatcher = (param) =>
	/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(param);
