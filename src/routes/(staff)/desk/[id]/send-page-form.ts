import { applyAction } from '$app/forms';
import { invalidateAll } from '$app/navigation';
import type { SubmitFunction } from './$types';

/**
 * Sends a small form of the viewer and reads the case anew, without leaving the screen: what is filled in for the decision stays.
 * `told` gets why it was refused, or undefined where it was done.
 */
export function sendPageForm(told: (problem: string | undefined) => void): SubmitFunction {
	return () =>
		async ({ result }) => {
			if (result.type === 'redirect' && result.location.startsWith('/desk/')) {
				await invalidateAll();
				told(undefined);
			} else if (result.type === 'failure' && result.data && 'viewer' in result.data) {
				told(result.data.viewer.problem);
			} else await applyAction(result);
		};
}
