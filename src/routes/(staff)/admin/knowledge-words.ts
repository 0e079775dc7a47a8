import * as m from '#lib/paraglide/messages.js';

/** Several, as one writes them in a row. */
export function listText(all: readonly string[]): string {
	return all.join(m.case_list_joint());
}
