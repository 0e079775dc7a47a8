import { error } from '@sveltejs/kit';
import { isFigure } from '#lib/domain/overview/figure.ts';
import { today } from '#lib/server/clock.ts';
import { exportFigure } from '#lib/server/overview/export-figure.ts';
import { writeCsv } from '#lib/server/overview/write-csv.ts';
import { rangeOf } from '../figure-file.ts';
import { tableOf } from '../tables.ts';
import type { RequestHandler } from './$types';

/** A figure of a range as a file; that it left is in the audit log before its first byte does. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const { staff, db } = locals;
	const name = params.figure;
	if (!staff || !isFigure(name)) error(404);
	const { read } = rangeOf(url, today());
	if (!read.ok) error(400);
	const { range } = read;
	const figure = await exportFigure(db, { name, range, staffId: staff.id });
	return new Response(writeCsv(tableOf(name, figure)), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${name}_${range.from}_${range.to}.csv"`,
			'cache-control': 'no-store',
		},
	});
};
