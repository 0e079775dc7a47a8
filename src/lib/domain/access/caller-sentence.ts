/** What became of a message, and until when it waits. */
export interface MessageState {
	readonly status: 'queued' | 'handed_over' | 'failed' | 'dropped';
	readonly waitsUntil: Date;
	readonly sentAt: Date | null;
}

/** Where somebody stands on their way in, as far as support may know it. */
export interface CallerState {
	readonly hasAccount: boolean;
	/** Since when the number on file is silenced by whoever holds it. */
	readonly silencedAt: Date | null;
	/** Whether a change of the number waits for its second person. */
	readonly changeWaits: boolean;
	/** When the number was last changed by support. */
	readonly numberChangedAt: Date | null;
	readonly isSignedIn: boolean;
	/** The newest code asked for; `takesCode` where one can still be typed. */
	readonly challenge:
		| {
				readonly expiresAt: Date;
				readonly isClosed: boolean;
				readonly triesLeft: number;
				readonly message: MessageState | null;
		  }
		| undefined;
	/** The newest link. */
	readonly link:
		| {
				readonly createdAt: Date;
				readonly expiresAt: Date;
				readonly isRevoked: boolean;
				readonly openedAt: Date | null;
				readonly usedAt: Date | null;
				readonly message: MessageState | null;
		  }
		| undefined;
}

/** What to say to a caller: one sentence each, of where they are and what to do next. */
export type CallerSentence =
	| 'no_account'
	| 'silenced'
	| 'change_waits'
	| 'signed_in'
	| 'code_locked'
	| 'code_failed'
	| 'code_waits'
	| 'code_sent'
	| 'number_changed'
	| 'no_link'
	| 'link_failed'
	| 'link_over'
	| 'link_waits'
	| 'link_used'
	| 'link_opened'
	| 'link_sent';

/** A sentence with the instant that it names, where it names one. */
export interface SaidToCaller {
	readonly code: CallerSentence;
	readonly time: Date | null;
}

/**
 * The one sentence that fits, the most pressing first: what nobody can send to, then who is in already, then the code that is
 * being waited for, then the link.
 */
export function callerSentence(state: CallerState, at: Date): SaidToCaller {
	const { challenge } = state;
	if (!state.hasAccount) return { code: 'no_account', time: null };
	if (state.silencedAt !== null) return { code: 'silenced', time: state.silencedAt };
	if (state.changeWaits) return { code: 'change_waits', time: null };
	if (state.isSignedIn) return { code: 'signed_in', time: null };
	if (challenge && !challenge.isClosed && at < challenge.expiresAt) return sentenceOfCode(challenge);
	return sentenceOfLink(state, at);
}

function sentenceOfCode({ expiresAt, triesLeft, message }: NonNullable<CallerState['challenge']>): SaidToCaller {
	if (triesLeft === 0) return { code: 'code_locked', time: expiresAt };
	if (message?.status === 'failed' || message?.status === 'dropped') return { code: 'code_failed', time: null };
	if (message?.status === 'handed_over') return { code: 'code_sent', time: expiresAt };
	return { code: 'code_waits', time: null };
}

function sentenceOfLink({ link, numberChangedAt }: CallerState, at: Date): SaidToCaller {
	if (numberChangedAt !== null && (!link || link.createdAt < numberChangedAt)) {
		return { code: 'number_changed', time: numberChangedAt };
	}
	if (!link) return { code: 'no_link', time: null };
	const { message } = link;
	if (link.isRevoked || at >= link.expiresAt) return { code: 'link_over', time: link.expiresAt };
	if (link.usedAt !== null) return { code: 'link_used', time: link.usedAt };
	if (link.openedAt !== null) return { code: 'link_opened', time: link.openedAt };
	if (message?.status === 'failed' || message?.status === 'dropped') return { code: 'link_failed', time: null };
	if (message?.status === 'queued') return { code: 'link_waits', time: message.waitsUntil };
	return { code: 'link_sent', time: message?.sentAt ?? link.createdAt };
}
