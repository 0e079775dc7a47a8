const LONGEST_WAIT_MS = 10_000;

/**
 * Sends a form that signs out, without leaving the page first: true once the bank has confirmed it and the sign-in page is on its
 * way, false where no answer came. What the bank answers otherwise, the browser shows as it would without a script.
 */
export async function leave(form: HTMLFormElement, signIn: string): Promise<boolean> {
	try {
		const signal = AbortSignal.timeout(LONGEST_WAIT_MS);
		const answer = await fetch(form.action, {
			method: 'POST',
			body: new URLSearchParams(),
			redirect: 'manual',
			signal,
		});
		if (answer.type === 'opaqueredirect') location.assign(signIn);
		else form.submit();
		return true;
	} catch {
		return false;
	}
}
