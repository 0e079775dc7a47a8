import { expect, test } from 'vitest';
import {
	type CallerSentence,
	type CallerState,
	callerSentence,
	type MessageState,
} from '#lib/domain/access/caller-sentence.ts';

const AT = new Date('2026-11-23T02:00:00Z');
const after = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);
const BOTH = [true, false];

const STATUSES = ['queued', 'handed_over', 'failed', 'dropped'] as const;
const messages: (MessageState | null)[] = [
	null,
	...STATUSES.map((status) => ({
		status,
		waitsUntil: after(60),
		sentAt: status === 'handed_over' ? after(-3) : null,
	})),
];

const challenges: CallerState['challenge'][] = [
	undefined,
	...messages.flatMap((message) =>
		[5, -5].flatMap((minutes) =>
			BOTH.flatMap((isClosed) =>
				[0, 2].map((triesLeft) => ({ expiresAt: after(minutes), isClosed, triesLeft, message })),
			),
		),
	),
];

const links: CallerState['link'][] = [
	undefined,
	...messages.flatMap((message) =>
		[after(600), after(-1), AT].flatMap((expiresAt) =>
			BOTH.flatMap((isRevoked) =>
				[null, after(-9)].flatMap((openedAt) =>
					[null, after(-8)].flatMap((usedAt) =>
						[after(-10), after(-300)].map((createdAt) => ({
							createdAt,
							expiresAt,
							isRevoked,
							openedAt,
							usedAt,
							message,
						})),
					),
				),
			),
		),
	),
];

/** Every state there is, each as one caller. */
function* states(): Generator<CallerState> {
	for (const hasAccount of BOTH)
		for (const silencedAt of [null, after(-100)])
			for (const changeWaits of BOTH)
				for (const numberChangedAt of [null, after(-100)])
					for (const isSignedIn of BOTH)
						for (const challenge of challenges)
							for (const link of links)
								yield { hasAccount, silencedAt, changeWaits, numberChangedAt, isSignedIn, challenge, link };
}

/** What must be so of a caller to whom a sentence is read. */
const MUST: Readonly<Record<CallerSentence, (state: CallerState) => boolean>> = {
	no_account: ({ hasAccount }) => !hasAccount,
	silenced: ({ silencedAt }) => silencedAt !== null,
	change_waits: ({ changeWaits }) => changeWaits,
	signed_in: ({ isSignedIn }) => isSignedIn,
	code_locked: ({ challenge }) => isOpen(challenge) && challenge?.triesLeft === 0,
	code_failed: ({ challenge }) => isOpen(challenge) && isLost(challenge?.message),
	code_waits: ({ challenge }) => isOpen(challenge) && challenge?.message?.status !== 'handed_over',
	code_sent: ({ challenge }) =>
		isOpen(challenge) && challenge?.message?.status === 'handed_over' && challenge.triesLeft > 0,
	number_changed: ({ numberChangedAt, link }) =>
		numberChangedAt !== null && (link === undefined || link.createdAt < numberChangedAt),
	no_link: ({ link }) => link === undefined,
	link_over: ({ link }) => link !== undefined && (link.isRevoked || link.expiresAt <= AT),
	link_failed: ({ link }) => isAlive(link) && isLost(link?.message),
	link_waits: ({ link }) => isAlive(link) && link?.message?.status === 'queued',
	link_used: ({ link }) => isAlive(link) && link?.usedAt !== null,
	link_opened: ({ link }) => isAlive(link) && link?.openedAt !== null,
	link_sent: ({ link }) => isAlive(link) && !isLost(link?.message) && link?.openedAt === null,
};

const isOpen = (challenge: CallerState['challenge']) =>
	challenge !== undefined && !challenge.isClosed && challenge.expiresAt > AT;
const isAlive = (link: CallerState['link']) => link !== undefined && !link.isRevoked && link.expiresAt > AT;
const isLost = (message: MessageState | null | undefined) =>
	message?.status === 'failed' || message?.status === 'dropped';

test('every caller is told one thing, and it is true of them', () => {
	const said = new Set<CallerSentence>();
	for (const state of states()) {
		const { code } = callerSentence(state, AT);
		said.add(code);
		if (!MUST[code](state)) expect.unreachable(`${code} was said of ${JSON.stringify(state)}`);
	}
	expect([...said].sort()).toEqual(Object.keys(MUST).sort());
});

test('nobody is told to wait for a message to a number that gets none, nor asked to type what cannot be typed', () => {
	for (const state of states()) {
		const { code } = callerSentence(state, AT);
		if (state.hasAccount && state.silencedAt !== null) expect(code).toBe('silenced');
		if (code === 'code_sent' || code === 'link_sent') {
			expect([state.hasAccount, state.silencedAt, state.changeWaits]).toEqual([true, null, false]);
		}
		if (code === 'code_sent') expect(state.challenge?.triesLeft).toBeGreaterThan(0);
	}
});

test('a sentence that names a time has it', () => {
	const timed: CallerSentence[] = ['silenced', 'code_locked', 'code_sent', 'link_waits', 'link_sent', 'link_used'];
	for (const state of states()) {
		const { code, time } = callerSentence(state, AT);
		if (timed.includes(code)) expect(time).toBeInstanceOf(Date);
	}
});
