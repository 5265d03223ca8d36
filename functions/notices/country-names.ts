import type { CountryCode, Language } from '../domain/primitives.ts';

// ISO 3166-1 alpha-3 and alpha-2, each as one word: Intl names countries by alpha-2 only. Checked against world-countries by a test.
const CODES = [
  'ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT',
  'AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO',
  'BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG',
  'COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO',
  'DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB',
  'GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY',
  'HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT',
  'JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY',
  'LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH',
  'MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA',
  'NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE',
  'PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA',
  'SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR',
  'SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO',
  'TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM UNKXK URYUY USAUS UZBUZ VATVA VCTVC VENVE',
  'VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW',
].join(' ');

const ALPHA_2 = new Map(CODES.split(' ').map(pair => [pair.slice(0, 3), pair.slice(3)] as const));

// The Japanese names that the relief services use, not the long ones of CLDR.
const SHORT_JA: Readonly<Record<string, string>> = { CN: '中国', HK: '香港', MO: 'マカオ', MM: 'ミャンマー' };

const japanese = new Intl.DisplayNames(['ja'], { type: 'region', fallback: 'none' });

/** A country as the reader calls it; `name` is its English name and stands in where the language has none. */
export function countryName(code: CountryCode | null, name: string, language: Language): string {
  if (language === 'en') return withArticle(name);
  const alpha2 = code === null ? undefined : ALPHA_2.get(code);
  if (alpha2 === undefined) return name;
  return SHORT_JA[alpha2] ?? japanese.of(alpha2) ?? name;
}

const PLURAL =
  /^(Bahamas|Comoros|Gambia|Maldives|Netherlands|Philippines|Seychelles)$|Islands$|^United |Republic$/;

/** "the Philippines", as a sentence needs it. */
function withArticle(name: string): string {
  return PLURAL.test(name) ? `the ${name}` : name;
}

/** Every alpha-3 code that has a name here. */
export const NAMED_COUNTRIES: readonly string[] = [...ALPHA_2.keys()];
