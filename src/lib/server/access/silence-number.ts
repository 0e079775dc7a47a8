import { linkState } from '#lib/domain/access/link.ts';
import { killLinks } from '#lib/server/access/kill-links.ts';
import { findLink, noteTap } from '#lib/server/access/link.repository.ts';
import { findPhone } from '#lib/server/access/person.repository.ts';
import {
	findSilenceOfBrowser,
	insertSilence,
	liftPhone,
	lockSilenceOfBrowser,
} from '#lib/server/access/silence.repository.ts';
import { appendAudit } from '#lib/server/audit/append-audit.ts';
import { now } from '#lib/server/clock.ts';
import { linkTokenHash } from '#lib/server/crypto/link-token.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { forgetDevices } from '#lib/server/push/forget-devices.ts';

/** So long may the browser that silenced a number take it back. */
const UNDO_MS = 30 * 60_000;

/**
 * The reader of a living link says that their number is not the cardholder's: nothing goes to that number any more, the
 * person's links die, their devices are forgotten, and support sees it. It answers whether the link was alive, and nothing about anybody. The number is the one that the link went to,
 * so that one which has taken its place on file since is not silenced.
 */
export async function silenceNumber(db: Db, { token, browser }: { token: string; browser: string }): Promise<boolean> {
	return db.transaction().execute(async (trx) => {
		const at = now();
		const link = await findLink(trx, linkTokenHash(token));
		if (!link || linkState(link, at) !== 'alive') return false;
		const { id: linkId, cardholderId } = link;
		const onFile = await findPhone(trx, cardholderId);
		const phone = link.sentTo ?? onFile;
		if (phone === undefined) return false;
		await noteTap(trx, linkId, at);
		await insertSilence(trx, { phone, linkId, browserHash: sha256(browser), at });
		const links = await killLinks(trx, cardholderId);
		const actor = { kind: 'visitor', id: null } as const;
		if (phone === onFile) await forgetDevices(trx, { cardholderId, actor, why: 'number_silenced' });
		await appendAudit(trx, {
			actor,
			action: 'number.silenced',
			subjectKind: 'access_link',
			subjectId: linkId,
			cardholderId,
			detail: { links, isOnFile: phone === onFile },
		});
		return true;
	});
}

/** Whether this browser may still take back what it has silenced. */
export async function canUndoSilence(db: Db, browser: string | undefined): Promise<boolean> {
	return browser !== undefined && findSilenceOfBrowser(db, sha256(browser), undoSince());
}

/** Takes it back; false where this browser has silenced nothing, or too long ago. The link stays dead. */
export async function undoSilence(db: Db, browser: string): Promise<boolean> {
	return db.transaction().execute(async (trx) => {
		const silence = await lockSilenceOfBrowser(trx, sha256(browser), undoSince());
		if (!silence) return false;
		await liftPhone(trx, silence.phone, { at: now(), by: 'visitor' });
		await appendAudit(trx, {
			actor: { kind: 'visitor', id: null },
			action: 'number.silence_lifted',
			subjectKind: 'access_link',
			subjectId: silence.linkId ?? '',
			cardholderId: silence.cardholderId,
		});
		return true;
	});
}

function undoSince(): Date {
	return new Date(now().getTime() - UNDO_MS);
}
