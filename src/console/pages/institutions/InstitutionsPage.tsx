/** To come. */
export default function InstitutionsPage() {
  return null;
}
