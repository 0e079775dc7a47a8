import * as m from '#lib/paraglide/messages.js';

const DONE: Readonly<Record<string, () => string>> = {
	added: m.passkey_added,
	renamed: m.passkey_renamed,
	removed: m.passkey_removed,
};

/** What was just done to a passkey, as the address `?done=…` says it; undefined for anything else. */
export function passkeyDone(done: string | null): string | undefined {
	return Object.hasOwn(DONE, done ?? '') ? DONE[done ?? '']?.() : undefined;
}
