import type { Db } from '#lib/server/db/connect.ts';
import type { CardholderSession, StaffSession } from '#lib/server/session/read-session.ts';

declare global {
	namespace App {
		interface Locals {
			db: Db;
			/** The signed-in cardholder; always there under the cardholder's pages. `accountId` is null until chosen. */
			cardholder: CardholderSession | null;
			/** The signed-in staff member; always there under the staff's pages, with a role that may be there. */
			staff: StaffSession | null;
			/** The caller's address, for limits and the audit log. */
			ip: string;
		}
		interface Error {
			message: string;
			/** What a reader may quote to the bank, to find the line in the log. */
			reference?: string;
		}
	}
}

export {};
