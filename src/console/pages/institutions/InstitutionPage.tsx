/** To come. */
export default function InstitutionPage() {
  return null;
}
