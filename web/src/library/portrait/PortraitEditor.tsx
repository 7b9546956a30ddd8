/** Choosing a persona's face: a portrait drawn of features, or a photo. */
import { Button, FileButton, Group, Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil, IconPhotoUp } from '@tabler/icons-react'
import { useT } from '@/i18n/locale'
import { Portrait } from '../Portrait'
import { PORTRAIT_FEATURES, type Persona, type PortraitFeature, type PortraitFeatures } from '../types'
import { PORTRAIT_COLORS, portraitUrl } from './draw'
import { squarePhoto } from './photo'
import classes from './PortraitEditor.module.css'

const FEATURES = Object.keys(PORTRAIT_FEATURES) as PortraitFeature[]

export function PortraitEditor({ persona, onSave }: { persona: Persona; onSave: (fields: Partial<Persona>) => void }) {
  const t = useT('library')
  async function upload(file: File | null) {
    if (!file) return
    const photo = await squarePhoto(file)
    if (photo) onSave({ photo })
    else notifications.show({ color: 'red', message: t('portrait.bad_photo') })
  }
  return (
    <Popover position="bottom-start" width={320} withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.face} aria-label={t('portrait.change')}>
          <Portrait name={persona.name} photo={persona.photo} portrait={persona.portrait} large />
          <span className={classes.pencil} aria-hidden="true">
            <IconPencil size={14} />
          </span>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={`${classes.choices} hs-scroll`}>
        <Stack gap="xs">
          <Group gap="xs">
            <FileButton onChange={(file) => void upload(file)} accept="image/png,image/jpeg,image/webp">
              {(props) => (
                <Button {...props} size="compact-sm" variant="default" leftSection={<IconPhotoUp size={15} />}>
                  {t('portrait.upload')}
                </Button>
              )}
            </FileButton>
            {persona.photo && (
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onSave({ photo: null })}>
                {t('portrait.remove_photo')}
              </Button>
            )}
            {persona.portrait && (
              <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onSave({ portrait: null })}>
                {t('portrait.remove')}
              </Button>
            )}
          </Group>
          <Text size="xs" className="hs-soft">
            {t('portrait.help')}
          </Text>
          {FEATURES.map((feature) => (
            <Feature key={feature} feature={feature} features={persona.portrait ?? {}} onSave={(portrait) => onSave({ portrait, photo: null })} />
          ))}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function Feature({ feature, features, onSave }: { feature: PortraitFeature; features: PortraitFeatures; onSave: (features: PortraitFeatures) => void }) {
  const t = useT('library')
  const values: readonly string[] = PORTRAIT_FEATURES[feature]
  const now = features[feature] ?? values[0]
  return (
    <div role="radiogroup" aria-label={t(`portrait.feature.${feature}`)}>
      <div className={classes.name}>{t(`portrait.feature.${feature}`)}</div>
      <div className={classes.values}>
        {values.map((value) => {
          const with_ = { ...features, [feature]: value } as PortraitFeatures
          const color = PORTRAIT_COLORS[feature]?.[value]
          return (
            <UnstyledButton
              key={value}
              role="radio"
              aria-checked={value === now}
              aria-label={t(`portrait.value.${value}`)}
              title={t(`portrait.value.${value}`)}
              className={classes.value}
              data-color={color ? true : undefined}
              style={color ? { background: color } : undefined}
              onClick={() => onSave(with_)}
            >
              {!color && <img src={portraitUrl(feature === 'hair' ? { ...with_, cover: 'none' } : with_)} alt="" />}
            </UnstyledButton>
          )
        })}
      </div>
    </div>
  )
}
