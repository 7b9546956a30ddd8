/**
 * How far a customer commits themselves by an action, 1 to 6: notices, reads or watches, leaves a trace, tries or
 * negotiates, pays or signs, recommends. Proposed from the wording; the author confirms or corrects it.
 */
import { searchKey } from '@/i18n/searchKey'

export const COMMITMENTS = [1, 2, 3, 4, 5, 6] as const
export type Commitment = (typeof COMMITMENTS)[number]

/**
 * Words that tell, from the most committed down: "reads the reviews before ordering" is about ordering only if nothing
 * weaker is said first, which no list of words can know; so the highest wins and the author has the last word.
 * Persian stems are written without half-spaces, as `searchKey` leaves them.
 */
const WORDS: readonly (readonly [Commitment, RegExp])[] = [
  [6, /\b(recommend|refer(s|red)?\b|tells? (a |her |his |their )?(friend|colleague|famil)|(writes?|leaves?) a review|invites?\b|advocat|spreads? the word)|معرفی (می|به)|به دوست|توصیه|پیشنهاد می|دعوت می|نظر مثبت می/],
  [5, /\b(pays?|paid|payment|buys?|bought|purchas|places? (an |the )?order|orders?\b(?! page)|checks? out|signs? (a |the )?(contract|agreement)|renew|upgrad)|پرداخت|میخرد|خرید میکند|می خرد|سفارش (می|را)?|قرارداد|امضا|تمدید|تسویه|رزرو میکند/],
  [4, /\b(tries|try|trial|demo|tests?|samples?|negotiat|bargain|adds? to (the |a )?(cart|basket)|asks? for (a )?(quote|price|offer)|configur|visits? the (store|shop|branch))|امتحان می|آزمایش|نمونه|دمو|مذاکره|چانه|سبد|پیش ?فاکتور|استعلام|تخفیف می(خواهد|گیرد)|مراجعه حضوری/],
  [3, /\b(subscrib|signs? up|registers?|regist(er|rat)|asks?\b|contacts?|calls?|phones?|chats?|messag|emails?|fills? (in|out)|downloads?|follows?|comments?|leaves? (a |her |his |their )?(number|address|email)|likes?|saves?)|ثبت ?نام|عضو می|مشترک می|می ?پرسد|سوال|سؤال|تماس می|زنگ می|پیام می|چت|فرم|دانلود|دنبال می|نظر می|شماره|ذخیره می|لایک/],
  [2, /\b(reads?|watch|look|browse|search|compar|views?|visit|listens?|scrolls?|checks?|explores?|learn|stud(y|ies)|googles?|consider)|می ?خواند|تماشا|جست ?و ?جو|جستجو|مقایسه|بررسی|مرور|گوش می|سر می ?زند|نگاه می|می ?گردد|تحقیق|مطالعه|باز می ?کند/],
  [1, /\b(sees?|notic|hears?|finds? out|comes? across|encounter|spots?|receives?|is shown|passes)|می ?بیند|می ?شنود|متوجه|برمی ?خورد|آشنا می|به چشم|دریافت می|می ?فهمد/],
]

/** The level an action's words suggest; null when they tell nothing. */
export function proposedCommitment(text: string): Commitment | null {
  const plain = searchKey(text)
  for (const [level, words] of WORDS) if (words.test(plain)) return level
  return null
}
