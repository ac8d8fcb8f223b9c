/** What stands in the named controls of a form. */
export function valuesOf(form: HTMLFormElement | null): Record<string, string> {
  const named = "input[name], select[name], textarea[name]";
  const controls = form?.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(named) ?? [];
  return Object.fromEntries([...controls].map(({ name, value }) => [name, value]));
}
