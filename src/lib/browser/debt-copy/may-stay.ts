import type { Copy } from './sealed.ts';

/**
 * Whether the copy may stay on this device: not where its passkey was removed, or its person has signed out everywhere, perhaps on
 * another one. Where the bank cannot be asked, it stays: it is for then.
 */
export async function mayStay({ credential, seenAt = 0 }: Copy): Promise<boolean> {
	const body = JSON.stringify({ credential, seenAt });
	const headers = { 'content-type': 'application/json' };
	const answer = await fetch('/sign-in/passkey/copy', { method: 'POST', headers, body }).catch(() => undefined);
	return answer?.status !== 410;
}
