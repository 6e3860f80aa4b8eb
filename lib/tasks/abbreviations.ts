// Words that carry a full stop without ending a sentence. Data for sentences.ts, over the languages that we could check.

/** A name or a number follows: the sentence never ends here. Lower case, without the last full stop. */
export const BEFORE_A_NAME: ReadonlySet<string> = new Set(
  (
    'mr mrs ms dr prof gen col lt capt sgt cpl rep sen gov hon rev pres maj adm cmdr supt messrs mt ft st ' +
    'vs cf ca approx fig figs eq sec no nos vol pp p ch ed eds e.g i.e viz op cit ' +
    // German, Dutch
    'z.b d.h u.a bzw nr str abs hr fr bd dipl ing evtl ggf vgl sog inkl zzgl max min dhr mevr bijv ' +
    // French, Spanish, Portuguese, Italian
    'mm mme mmes mlle mgr av p.ex art sr sra srta dra ud uds pág núm p.ej gral sto sta exmo sig sig.ra dott on ' +
    // Polish, Czech, Russian
    'tzn tj np im ul mgr т.е им ул г-н г-жа др'
  ).split(' '),
);

/** The sentence ends here only where a frequent word, capitalized, begins the next. */
export const MAYBE_LAST: ReadonlySet<string> = new Set(
  (
    'jr sr inc ltd co corp bros llc ave blvd rd etc al a.m p.m u.s u.k u.n e.u d.c ph.d b.a m.a b.s m.d ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun ' +
    'usw etc u.ä o.ä ecc ee.uu т.д т.п г руб млн млрд'
  ).split(' '),
);
