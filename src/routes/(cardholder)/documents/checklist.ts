import { type AgainReason, isAgainReason } from '#lib/domain/application/again-reason.ts';
import { type EvidenceKind, type EvidenceNeed, type Need, sensitivityOf } from '#lib/domain/application/evidence.ts';
import {
	isAwaited,
	type ItemState,
	itemState,
	type PageDeed,
	pageDeeds,
} from '#lib/domain/application/evidence-item.ts';
import type { WholeApplication } from '#lib/server/application/read-application.ts';
import type { ListedEvidence } from '#lib/server/evidence/list-evidence.ts';

/** One page as its cardholder sees it, with what can be done with it now. */
export interface ShownPage extends Pick<
	ListedEvidence,
	'id' | 'fileName' | 'byteSize' | 'hasThumbnail' | 'pageCount' | 'state' | 'refusal' | 'turns'
> {
	/** Its place among the pages of its kind, from 1. */
	readonly number: number;
	/** How many pages its kind has. */
	readonly count: number;
	readonly isAccepted: boolean;
	/** What an agent asks, where they want it again. */
	readonly again: { readonly reason: AgainReason; readonly words: string } | undefined;
	readonly deeds: readonly PageDeed[];
}

/** A kind of evidence with what came of it. */
export interface ShownItem {
	readonly kind: EvidenceKind;
	readonly state: ItemState;
	readonly isSensitive: boolean;
	readonly pages: readonly ShownPage[];
}

/** One thing that is to be shown, with what would show it. */
export interface ShownNeed extends Pick<EvidenceNeed, 'need' | 'optional'> {
	readonly isMissing: boolean;
	readonly items: readonly ShownItem[];
	/** Whether papers stand here that the reason does not ask for: they were sent when another was given. */
	readonly hasLeftOver: boolean;
}

type Application = Pick<WholeApplication, 'status' | 'needs' | 'missingEvidence' | 'evidence'>;

/** What the reason asks for, each with its pages; what was sent for another reason stands with what else may help. */
export function checklistOf(application: Application): ShownNeed[] {
	const { needs, missingEvidence, evidence } = application;
	const asked = new Set(needs.flatMap(({ oneOf }) => oneOf));
	const leftOver = [...new Set(evidence.map(({ kind }) => kind))].filter((kind) => !asked.has(kind));
	const all: readonly EvidenceNeed[] =
		leftOver.length === 0 || needs.some(({ need }) => need === 'more')
			? needs
			: [...needs, { need: 'more', oneOf: [], optional: true }];
	return all.map(({ need, oneOf, optional }) => ({
		need,
		optional,
		isMissing: missingEvidence.some((missing) => missing.need === need),
		items: kindsOf(need, oneOf, leftOver).map((kind) => itemOf(application, kind)),
		hasLeftOver: need === 'more' && leftOver.length > 0,
	}));
}

/** Of what was sent, the items with the pages that wait for another to take their place, and only those pages. */
export function awaitedOf(application: Application): ShownItem[] {
	const awaited = application.evidence.filter((page) => isAwaited(application.status, page));
	const ids = new Set(awaited.map(({ id }) => id));
	return [...new Set(awaited.map(({ kind }) => kind))].map((kind) => {
		const item = itemOf(application, kind);
		return { ...item, pages: item.pages.filter(({ id }) => ids.has(id)) };
	});
}

function kindsOf(need: Need, oneOf: readonly EvidenceKind[], leftOver: readonly EvidenceKind[]) {
	return need === 'more' ? [...oneOf, ...leftOver] : oneOf;
}

function itemOf({ status, evidence }: Application, kind: EvidenceKind): ShownItem {
	const pages = evidence.filter((page) => page.kind === kind);
	return {
		kind,
		state: itemState(status, pages),
		isSensitive: sensitivityOf(kind) !== undefined,
		pages: pages.map((page, index) => ({
			...shownOf(page),
			number: index + 1,
			count: pages.length,
			deeds: pageDeeds(status, page),
		})),
	};
}

function shownOf({ check, ...page }: ListedEvidence): Omit<ShownPage, 'number' | 'count' | 'deeds'> {
	const { id, fileName, byteSize, hasThumbnail, pageCount, state, refusal, turns } = page;
	const reason = check?.reason ?? '';
	return {
		...{ id, fileName, byteSize, hasThumbnail, pageCount, state, refusal, turns },
		isAccepted: check?.verdict === 'accepted',
		again:
			check?.verdict === 'again' ? { reason: isAgainReason(reason) ? reason : 'other', words: check.words } : undefined,
	};
}
