import { now } from '#lib/server/clock.ts';
import { sha256 } from '#lib/server/crypto/sha256.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { env } from '#lib/server/env.ts';
import { findOpenEnrolment } from '#lib/server/staff/enrolment.repository.ts';
import { otpauthAddress } from '#lib/server/staff/one-time-code.ts';
import { openTotpSecret } from '#lib/server/staff/totp-secret.ts';

/** What the enrolment page shows: whom it is for, and what their authenticator app is to take in. */
export interface Enrolment {
	readonly login: string;
	readonly name: string;
	/** Base32, for typing where the camera does not work. */
	readonly secret: string;
	/** The `otpauth:` address that the QR code holds. */
	readonly address: string;
	readonly expiresAt: Date;
}

/** The enrolment behind a link's token; undefined where it is unknown, used or over. Changes nothing. */
export async function findEnrolment(db: Db, token: string): Promise<Enrolment | undefined> {
	const row = await findOpenEnrolment(db, { tokenHash: sha256(token), at: now() });
	if (!row) return undefined;
	const secret = openTotpSecret(row.staffId, row.totpSecretSealed);
	const address = otpauthAddress({ secret, login: row.login, issuer: env().bankName });
	return { login: row.login, name: row.name, secret, address, expiresAt: row.expiresAt };
}
