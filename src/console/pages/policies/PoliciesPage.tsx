/** To come. */
export default function PoliciesPage() {
  return null;
}
