/** Which steps of a draft are done. */
interface Done {
	readonly reason: boolean;
	readonly evidence: boolean;
	/** A plan was chosen, or an offer asked for. */
	readonly plan: boolean;
}

/** The page on which a draft goes on: the first step that is not done. Papers can be left out, so they bar nothing later. */
export function nextPage({ reason, evidence, plan }: Done): '/hardship' | '/documents' | '/plans' | '/check' {
	if (!reason) return '/hardship';
	if (plan) return '/check';
	return evidence ? '/plans' : '/documents';
}
