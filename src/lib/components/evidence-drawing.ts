import type { EvidenceKind } from '#lib/domain/application/evidence.ts';

/** What the drawings are put together from, each on a ground of 48 by 60. */
const PARTS = {
	/** Papers. */
	sheet: 'M9 4h21l9 9v43H9ZM30 4v9h9',
	card: 'M4 17h40v28H4Z',
	booklet: 'M5 13l19 4 19-4v36l-19 4-19-4ZM24 17v36',
	phone: 'M13 3h22a3 3 0 0 1 3 3v48a3 3 0 0 1-3 3H13a3 3 0 0 1-3-3V6a3 3 0 0 1 3-3ZM21 8h6',
	receipt: 'M11 4h26v52l-4.3-3.5-4.4 3.5-4.3-3.5-4.3 3.5-4.4-3.5L11 56Z',
	/** What is written on them. */
	title: 'M15 13h10',
	shortTitle: 'M15 15h14',
	lines: 'M15 21h18M15 27h18M15 33h12',
	lowLines: 'M15 33h18M15 39h11',
	shortLines: 'M15 40h8M15 46h6',
	table: 'M14 21h20v20H14ZM14 27.7h20M14 34.3h20M24 21v20',
	ledger: 'M15 20h10M30 20h4M15 26h7M30 26h4M15 32h10M30 32h4M15 38h7M30 38h4',
	signature: 'M15 47c2-4 3.5-4 3.5-1s2 2 3-.5 1.5 1 3 .5',
	photo: 'M10 23h11v15H10ZM15.5 29.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM12 38c.3-3 1.5-4.5 3.5-4.5S18.7 35 19 38',
	bookletLines: 'M29 23.5l9-1.9M29 29.5l9-1.9',
	cardLines: 'M26 24h13M26 33h13M26 38h5',
	/** What they are about. */
	falling: 'M15 22l6 5 4-2 8 9M33 28.5v5.5h-5.5',
	cross: 'M22 16h4v4h4v4h-4v4h-4v-4h-4v-4h4Z',
	pulse: 'M14 37h5l2.5-5 4 9 2.5-4h6',
	bed: 'M13 19v15M13 30h22v4M13 26h22v4M17 23.5a1.5 1.5 0 1 0 0-.01',
	apart: 'M10 28a4.5 4.5 0 1 0 9 0 4.5 4.5 0 0 0-9 0ZM29 28a4.5 4.5 0 1 0 9 0 4.5 4.5 0 0 0-9 0Z',
	heart: 'M24 31l-6.5-6.5a4.2 4.2 0 0 1 6.5-5.3 4.2 4.2 0 0 1 6.5 5.3Z',
	shop: 'M15 25v10h18V25M13 25l2.5-6h17l2.5 6ZM19 35l10-10M19 25l10 10',
	scales: 'M24 17v17M19 34h10M15 20h18M15 20l-3 7h6ZM33 20l-3 7h6Z',
	house: 'M14 27l10-8 10 8M17 25v10h14V25',
	waves: 'M12 39c2-2 4-2 6 0s4 2 6 0 4-2 6 0 4 2 6 0',
	candle: 'M21 26h6v11h-6ZM24 26v-2M24 23c-2.5-2-1-4 0-6 1 2 2.5 4 0 6ZM18 37h12',
	coin: 'M24 36a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM21 25.5l3 3.5 3-3.5M24 29v4M21.5 29.5h5M21.5 31.7h5',
	percent: 'M18 33l9-11M18.5 24.5a1.7 1.7 0 1 0 0-.01M27 31.5a1.7 1.7 0 1 0 0-.01',
	question: 'M20 21.5a4 4 0 1 1 5.5 3.7c-1.2.6-1.5 1.2-1.5 2.8M24 32v.01',
	/** What makes them count: drawn in the accent. */
	stamp:
		'M29.5 53a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM29.5 44l.9 2.1 2.2.2-1.7 1.4.5 2.2-1.9-1.2-1.9 1.2.5-2.2-1.7-1.4 2.2-.2Z',
	bookletStamp:
		'M33.5 46a5 5 0 1 0 0-10 5 5 0 0 0 0 10ZM33.5 38.5l.7 1.6 1.7.2-1.3 1.1.4 1.7-1.5-.9-1.5.9.4-1.7-1.3-1.1 1.7-.2Z',
	cardStamp: 'M35 38.5a3 3 0 1 0 6 0 3 3 0 0 0-6 0Z',
	underline: 'M26 28.5h13',
	frame: 'M13 44h22v8H13Z',
} as const;
type Part = keyof typeof PARTS;

interface Drawing {
	readonly ink: readonly Part[];
	/** What must be there and legible: a stamp, a name, a sum. */
	readonly mark: readonly Part[];
}

const DRAWINGS: Readonly<Record<EvidenceKind, Drawing>> = {
	unemployment_registration: { ink: ['booklet', 'photo', 'bookletLines'], mark: ['bookletStamp'] },
	end_of_employment_letter: { ink: ['sheet', 'title', 'lines', 'signature'], mark: ['stamp'] },
	pay_cut_notice: { ink: ['sheet', 'title', 'falling', 'shortLines'], mark: ['stamp'] },
	medical_record: { ink: ['sheet', 'cross', 'lowLines'], mark: ['stamp'] },
	hospital_certificate: { ink: ['receipt', 'bed', 'shortLines'], mark: ['stamp'] },
	disability_certificate: { ink: ['card', 'photo', 'cardLines'], mark: ['underline', 'cardStamp'] },
	divorce_certificate: { ink: ['booklet', 'apart'], mark: ['bookletStamp'] },
	birth_certificate: { ink: ['sheet', 'heart', 'lowLines'], mark: ['stamp'] },
	business_closure_record: { ink: ['sheet', 'shop', 'shortLines'], mark: ['stamp'] },
	insolvency_notice: { ink: ['sheet', 'scales', 'shortLines'], mark: ['stamp'] },
	disaster_certificate: { ink: ['sheet', 'house', 'waves'], mark: ['stamp'] },
	death_certificate: { ink: ['sheet', 'candle', 'shortLines'], mark: ['stamp'] },
	low_income_certificate: { ink: ['sheet', 'title', 'coin', 'shortLines'], mark: ['stamp'] },
	bank_statement: { ink: ['sheet', 'title', 'ledger'], mark: ['frame'] },
	payslip: { ink: ['receipt', 'title', 'table'], mark: ['frame'] },
	tax_record: { ink: ['phone', 'shortTitle', 'percent'], mark: ['frame'] },
	other_document: { ink: ['sheet', 'question', 'shortLines'], mark: ['stamp'] },
};

/** A drawn example as SVG paths: its ink, and apart what makes it count. */
export interface DrawingPaths {
	readonly ink: string;
	readonly mark: string;
}

/** The drawn example of a kind. */
export function evidencePaths(kind: EvidenceKind): DrawingPaths {
	const { ink, mark } = DRAWINGS[kind];
	const joined = (parts: readonly Part[]) => parts.map((part) => PARTS[part]).join('');
	return { ink: joined(ink), mark: joined(mark) };
}
