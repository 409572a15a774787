import {useEffect, useRef} from 'preact/hooks';
import type {Picture} from '../../lab/types';
import {type Colours, paint} from './paint';

interface Props {
  picture: Picture;
  colours: Colours;
  /** The value that has the full colour. */
  most: number;
}

/** Numbers as pixels, as large as the box; said by the caption of those around it. */
export function PictureCanvas({picture, colours, most}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const {width, height} = picture;
  useEffect(() => {
    if (canvas.current) paint(canvas.current, picture, colours, most);
  }, [picture, colours, most]);
  return <canvas ref={canvas} class="digit" width={width} height={height} />;
}
