import { Problem } from '../api.ts';

/** The faults of a refused request at the form's fields: `form.setFields(atFields(error))`. A field in a group is named with points, one of a list by its number. */
export function atFields<T>(error: unknown) {
  if (!(error instanceof Problem)) return [];
  return error.errors.flatMap(({ field, message }) =>
    field ? [{ name: field.split('.').map(partOf) as unknown as keyof T, errors: [message] }] : [],
  );
}

const partOf = (part: string): string | number => (/^\d+$/.test(part) ? Number(part) : part);
