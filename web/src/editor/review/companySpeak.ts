/** Wishes of the company in the customer's mouth: "we want to sell more" is nobody's goal but ours. */
import { searchKey } from '@/i18n/searchKey'

const ENGLISH =
  /\b(our (brand|sales|revenue|margin|profit|market share|customers?|kpis?|campaign|funnel|conversion)|we (want|need|aim|must|should|will)\b|upsell|up-sell|cross-sell|increase (the )?(sales|revenue|conversion|retention|awareness|basket)|(more|higher|grow) (sales|revenue|conversion|retention)|convert(s|ed)? (the )?(lead|customer|visitor)|generate leads?|lead generation|acquire customers?|brand awareness|return on investment|roi|kpis?|nps score|reduce churn|market share)\b/
const PERSIAN =
  /برند ما|فروش ما|درآمد ما|سود ما|مشتریان ما|کمپین ما|افزایش (فروش|درآمد|نرخ|آگاهی|سود|سهم|وفاداری|تبدیل)|فروش بیشتر|رشد فروش|جذب (مشتری|سرنخ|لید)|تبدیل (سرنخ|مشتری|بازدیدکننده)|نرخ تبدیل|سهم بازار|بیش ?فروشی|فروش مکمل|کاهش ریزش|آگاهی از برند|بازگشت سرمایه|حاشیه سود|ما (می ?خواهیم|باید|قصد)|می ?خواهیم (بفروشیم|جذب|مشتری)/

export function speaksOfCompany(text: string): boolean {
  const plain = searchKey(text)
  return ENGLISH.test(plain) || PERSIAN.test(plain)
}
