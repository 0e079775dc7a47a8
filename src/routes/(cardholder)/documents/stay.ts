import { tick } from 'svelte';
import { applyAction } from '$app/forms';
import { invalidateAll } from '$app/navigation';
import type { SubmitFunction } from './$types';

/**
 * After a deed on one page the list is read anew where it stands: no jump to the top, and the focus stays on what was pressed, or
 * on the page where that is not there any more. `told` says aloud what was done.
 */
export function stay(told: (submitter: HTMLElement | null) => void): SubmitFunction {
	return ({ submitter, formElement }) =>
		async ({ result }) => {
			if (result.type !== 'redirect') return applyAction(result);
			const page = formElement.closest('li');
			await applyAction({ type: 'success', status: 200 });
			await invalidateAll();
			await tick();
			(submitter?.isConnected ? submitter : page)?.focus();
			told(submitter);
		};
}
