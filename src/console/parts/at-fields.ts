import { Problem } from '../api.ts';

/** The faults of a refused request at the form's fields: `form.setFields(atFields(error))`. A field in a group is named with points. */
export function atFields<T>(error: unknown) {
  if (!(error instanceof Problem)) return [];
  return error.errors.flatMap(({ field, message }) =>
    field ? [{ name: field.split('.') as unknown as keyof T, errors: [message] }] : [],
  );
}
