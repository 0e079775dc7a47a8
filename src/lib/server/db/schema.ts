import type { AccessTables } from '#lib/server/db/tables/access.ts';
import type { AccountTables } from '#lib/server/db/tables/account.ts';
import type { AgreementTables } from '#lib/server/db/tables/agreement.ts';
import type { ApplicationTables } from '#lib/server/db/tables/application.ts';
import type { AuditTables } from '#lib/server/db/tables/audit.ts';
import type { MessageTables } from '#lib/server/db/tables/message.ts';
import type { PasskeyTables } from '#lib/server/db/tables/passkey.ts';
import type { PushTables } from '#lib/server/db/tables/push.ts';
import type { RequestTables } from '#lib/server/db/tables/request.ts';
import type { ReviewTables } from '#lib/server/db/tables/review.ts';
import type { SupportTables } from '#lib/server/db/tables/support.ts';

/** The tables as the migrations leave them: amounts are minor units, days are text, instants are Dates. */
export interface Database
	extends
		AccountTables,
		AccessTables,
		ApplicationTables,
		AgreementTables,
		AuditTables,
		MessageTables,
		PasskeyTables,
		PushTables,
		RequestTables,
		ReviewTables,
		SupportTables {}
