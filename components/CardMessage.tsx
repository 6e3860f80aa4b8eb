// What there is to say where a card has nothing to show: what is the matter, and what to do.

export function CardMessage({ what, advice }: { what: string; advice: string }) {
  return (
    <section class="failure">
      <h3>{what}</h3>
      <p>{advice}</p>
    </section>
  );
}
