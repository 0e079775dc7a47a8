import type { DraftForm } from '#lib/domain/application/form-draft.ts';
import { type Application, findCurrentApplication, type Owner } from '#lib/server/application/draft.ts';
import type { DbOrTrx } from '#lib/server/db/connect.ts';
import { findObjection } from '#lib/server/objection/read-objection.ts';
import { listOffers } from '#lib/server/offer/read-offers.ts';
import { listRequests, openOf } from '#lib/server/request/read-requests.ts';

/** What a form is about now, and the application that it belongs to. */
export interface DraftSubject {
	readonly application: Application;
	readonly subjectId: string;
}

/** What a form of the owner's is about as things stand; undefined where there is no such form now. */
export async function findDraftSubject(db: DbOrTrx, owner: Owner, form: DraftForm): Promise<DraftSubject | undefined> {
	const application = await findCurrentApplication(db, owner);
	const subjectId = application && (await subjectOf(db, application, form));
	return application && subjectId !== undefined ? { application, subjectId } : undefined;
}

async function subjectOf(db: DbOrTrx, { id, status }: Application, form: DraftForm): Promise<string | undefined> {
	switch (form) {
		case 'plans':
			return status === 'draft' ? id : undefined;
		case 'answer':
			return status === 'more_requested'
				? openOf(await listRequests(db, { applicationId: id, evidence: [] }))?.id
				: undefined;
		case 'decline':
			return (await listOffers(db, id)).find(({ answer }) => answer === null)?.id;
		case 'objection':
			return status === 'declined' && !(await findObjection(db, id)) ? id : undefined;
	}
}
