import { fail, redirect } from '@sveltejs/kit';
import type { PagePlace } from '#lib/domain/review/budget-page.ts';
import * as m from '#lib/paraglide/messages.js';
import { checkPage, type CheckRefusal } from '#lib/server/review/check-page.ts';
import { pinPage } from '#lib/server/review/pin-page.ts';
import { undoCheck } from '#lib/server/review/undo-check.ts';
import { openCase } from './open-case.ts';
import { readCheckForm, readMarkForm, readPlaceForm } from './page-form.ts';
import { pageRefusalText } from './page-refusal-text.ts';
import { placePath } from './viewer-pages.ts';
import type { RequestEvent } from './$types';

/** The page that an address names; null where it names none. */
export function readPlace({ searchParams }: URL): PagePlace | null {
	const evidenceId = searchParams.get('document');
	const page = /^\d{1,3}$/.exec(searchParams.get('page') ?? '');
	return evidenceId === null ? null : { evidenceId, page: Number(page?.[0] ?? 0) };
}

/** A page is accepted, or asked for again. */
export async function checkAction(event: RequestEvent) {
	const { db, staff, applicationId } = await openCase(event);
	const form = readCheckForm(await event.request.formData());
	if (!form) return refused(400, { problem: m.desk_refused_form() });
	const { document: evidenceId, page, fence, verdict, page_reason: reason, page_words: words } = form;
	const given = { verdict, reason, words };
	const checked = await checkPage(db, { applicationId, staffId: staff.id, evidenceId, fence, ...given });
	if (!checked.ok) return refuse(checked.refusal, { evidenceId, page }, given);
	redirect(303, backTo(applicationId, { evidenceId, page }));
}

/** What was found on a page is taken back. */
export async function uncheckAction(event: RequestEvent) {
	const { db, staff, applicationId } = await openCase(event);
	const form = readPlaceForm(await event.request.formData());
	if (!form) return refused(400, { problem: m.desk_refused_form() });
	const { document: evidenceId, page, fence } = form;
	const undone = await undoCheck(db, { applicationId, staffId: staff.id, evidenceId, fence });
	if (!undone.ok) return refuse(undone.refusal, { evidenceId, page });
	redirect(303, backTo(applicationId, { evidenceId, page }));
}

/** A line of the budget is marked on a page, or its mark taken off. */
export async function markAction(event: RequestEvent) {
	const { db, staff, applicationId } = await openCase(event);
	const form = readMarkForm(await event.request.formData());
	if (!form) return refused(400, { problem: m.desk_refused_form() });
	const { document: evidenceId, page, fence, line, off } = form;
	const isOn = off === undefined;
	const marked = await pinPage(db, { applicationId, staffId: staff.id, evidenceId, page, fence, line, isOn });
	if (!marked.ok) return refuse(marked.refusal, { evidenceId, page });
	redirect(303, backTo(applicationId, { evidenceId, page }));
}

const backTo = (applicationId: string, place: PagePlace) => `/desk/${applicationId}${placePath(place)}`;

/** What the viewer shows of a form that was refused; `reason` and `words` are what was filled in. */
interface RefusedForm {
	readonly problem: string;
	readonly place?: PagePlace;
	readonly reason?: string | null;
	readonly words?: string;
}

function refuse(refusal: CheckRefusal, place: PagePlace, given?: Pick<RefusedForm, 'reason' | 'words'>) {
	return refused(409, { problem: pageRefusalText(refusal), place, ...given });
}

const refused = (status: number, viewer: RefusedForm) => fail(status, { step: 'fill' as const, viewer });
