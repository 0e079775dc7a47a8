import { type DrawingPaths, evidencePaths } from '#lib/components/evidence-drawing.ts';
import { type EvidenceKind, type EvidenceNeed, sensitivityOf } from '#lib/domain/application/evidence.ts';
import {
	isAwaited,
	type ItemState,
	itemState,
	type PageDeed,
	pageDeeds,
} from '#lib/domain/application/evidence-item.ts';
import { isAgainReason } from '#lib/domain/review/page-check.ts';
import { evidenceWhat, itemStateName } from '#lib/messages/checklist-words.ts';
import { evidenceName } from '#lib/messages/evidence-words.ts';
import { againReasonWords } from '#lib/messages/page-check-words.ts';
import type { WholeApplication } from '#lib/server/application/read-application.ts';
import type { ListedEvidence } from '#lib/server/evidence/list-evidence.ts';
import { kindsOf, openOf } from '#lib/server/request/read-requests.ts';
import { pageRefusalWords } from './refusal-words.ts';

/*
 * Words and drawings are chosen here, on the server: the page is sent those of its own reason and language alone.
 */

/** One page as its cardholder sees it, with what can be done with it now. */
export interface ShownPage extends Pick<
	ListedEvidence,
	'id' | 'fileName' | 'byteSize' | 'hasThumbnail' | 'pageCount' | 'state' | 'turns'
> {
	/** Its place among the pages of its kind, from 1. */
	readonly number: number;
	/** How many pages its kind has. */
	readonly count: number;
	readonly isAccepted: boolean;
	/** Why it could not be taken, in words. */
	readonly refusal: string | undefined;
	/** Why an agent wants it again, in our words and in theirs. */
	readonly again: { readonly why: string; readonly words: string } | undefined;
	readonly deeds: readonly PageDeed[];
}

/** A kind of evidence with what came of it. */
export interface ShownItem {
	readonly kind: EvidenceKind;
	readonly name: string;
	/** What it is, who gives it, and what must be legible on it. */
	readonly what: string;
	/** A drawn example. */
	readonly drawing: DrawingPaths;
	readonly state: ItemState;
	readonly stateName: string;
	readonly isSensitive: boolean;
	/** Whether an agent has asked for it on top of what was sent, so that pages may join. */
	readonly isAsked: boolean;
	readonly pages: readonly ShownPage[];
}

/** One thing that is to be shown, with what would show it. */
export interface ShownNeed extends Pick<EvidenceNeed, 'need' | 'optional'> {
	readonly isMissing: boolean;
	readonly items: readonly ShownItem[];
	/** Whether papers stand here that the reason does not ask for: they were sent when another was given. */
	readonly hasLeftOver: boolean;
}

type Application = Pick<WholeApplication, 'status' | 'needs' | 'missingEvidence' | 'evidence' | 'requests'>;

/** What the reason asks for, each with its pages; what was sent for another reason stands with what else may help. */
export function checklistOf(application: Application): ShownNeed[] {
	const { needs, missingEvidence, evidence } = application;
	const asked = new Set(needs.flatMap(({ oneOf }) => oneOf));
	const leftOver = [...new Set(evidence.map(({ kind }) => kind))].filter((kind) => !asked.has(kind));
	const all: readonly EvidenceNeed[] =
		leftOver.length === 0 || needs.some(({ need }) => need === 'more')
			? needs
			: [...needs, { need: 'more', oneOf: [], optional: true }];
	return all.map(({ need, oneOf, optional }) => {
		const isMissing = missingEvidence.some((missing) => missing.need === need);
		const kinds = need === 'more' ? [...oneOf, ...leftOver] : oneOf;
		return {
			need,
			optional,
			isMissing,
			items: kinds.map((kind) => itemOf(application, kind, isMissing)),
			hasLeftOver: need === 'more' && leftOver.length > 0,
		};
	});
}

/**
 * What may still come of what was sent: of the kinds that an agent has asked for all pages, of others only those that wait for
 * another to take their place.
 */
export function awaitedOf(application: Application): ShownItem[] {
	const asked = kindsOf(openOf(application.requests)?.items ?? []);
	const awaited = application.evidence.filter((page) => isAwaited(application.status, page));
	const ids = new Set(awaited.map(({ id }) => id));
	return [...new Set([...asked, ...awaited.map(({ kind }) => kind)])].map((kind) => {
		const item = itemOf(application, kind, true);
		return item.isAsked ? item : { ...item, pages: item.pages.filter(({ id }) => ids.has(id)) };
	});
}

function itemOf({ status, evidence, requests }: Application, kind: EvidenceKind, isNeeded: boolean): ShownItem {
	const pages = evidence.filter((page) => page.kind === kind);
	const asked = openOf(requests)?.items.find((item) => item.kind === kind);
	const isAsked = asked !== undefined;
	const state = isAsked ? askedState(asked.isBrought, pages.length) : itemState(status, pages);
	return {
		kind,
		name: evidenceName(kind),
		what: evidenceWhat(kind),
		drawing: evidencePaths(kind),
		state,
		stateName: itemStateName(state, { isNeeded }),
		isSensitive: sensitivityOf(kind) !== undefined,
		isAsked,
		pages: pages.map((page, index) => ({
			...shownOf(page),
			number: index + 1,
			count: pages.length,
			deeds: pageDeeds(status, page, isAsked),
		})),
	};
}

/** What came before it was asked for does not answer it. */
function askedState(isBrought: boolean, pages: number): ItemState {
	if (isBrought) return 'being_checked';
	return pages > 0 ? 'again' : 'missing';
}

function shownOf({ check, ...page }: ListedEvidence): Omit<ShownPage, 'number' | 'count' | 'deeds'> {
	const { id, fileName, byteSize, hasThumbnail, pageCount, state, turns } = page;
	const reason = check?.reason ?? '';
	return {
		...{ id, fileName, byteSize, hasThumbnail, pageCount, state, turns },
		isAccepted: check?.verdict === 'accepted',
		refusal: page.refusal === null ? undefined : pageRefusalWords(page.refusal),
		again:
			check?.verdict === 'again'
				? { why: againReasonWords(isAgainReason(reason) ? reason : 'other'), words: check.words }
				: undefined,
	};
}
